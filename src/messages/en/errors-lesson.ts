/** Why nothing can be learnt from a lesson. */

export const lessonErrors = {
  'lesson-empty': 'There is nothing to learn from yet. Call some photos good, or mark defects in some.',
  'lesson-of-one-photo':
    'One good photo does not say how good photos differ. Add at least one more; ten are better.',
  'lesson-photos-alike':
    'All photos of this lesson show the same. Add photos of other parts, or of other places.',
  'lesson-good-with-marks': ({ name }: { readonly name: string }) =>
    `“${name}” is called good, but defects are marked in it. Erase the marks, or say that it is not good.`,
  'lesson-not-said': ({ name }: { readonly name: string }) =>
    `“${name}” is neither called good nor has it marks. Do one or the other, or take it out of the lesson.`,
  'lesson-all-marked':
    'Everything is marked: there is no good place to tell defects from. Mark the defects alone, or add good photos.',
  'lesson-marks-outside': 'No mark lies within its photo. Mark the defects again.',
  'lesson-classes-alike': ({ one, other }: { readonly one: string; readonly other: string }) =>
    `“${one}” and “${other}” are marked in the same places, so they can't be told apart. Mark each place as one of them, or delete one.`,
  'lesson-photo-not-learnt': ({ name }: { readonly name: string }) =>
    `“${name}” has not been learnt yet: without the photo, nothing of it would be left to learn from. Press Learn and save again, or keep the photos.`,
  'lesson-classes-invalid': 'Every class needs a name, and a whole number of its own from 1 on.',
  'lesson-mark-unreadable': ({ name }: { readonly name: string }) =>
    `A mark in “${name}” can't be read: its runs don't fill its box. Mark it again.`,
  'lesson-class-unknown': ({ classId }: { readonly classId: number }) =>
    `Something is marked as class ${classId}, which this lesson does not have. Add the class, or erase the mark.`,
};
