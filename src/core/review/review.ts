/** What a person has said on top of what the model found. It never changes an inspection. Nothing can be said yet. */
export type Review = Readonly<Record<string, never>>;

export const NO_REVIEW: Review = {};
