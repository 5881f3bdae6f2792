/** Why a lesson could not be stored: over once it is kept, on this device or in a file. */
export const NOT_STORED = ['no-space-for-lesson', 'lesson-not-stored'] as const;
