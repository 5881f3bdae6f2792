/** What exported files say to a person. Column names and keys are for programs, and stay what they are in every language. */

export const exports = {
  /** What a COCO file is. */
  foundBy: ({ models }: { readonly models: readonly string[] }) =>
    `Defects found by ${models.join(', ') || 'no model'}`,
};
