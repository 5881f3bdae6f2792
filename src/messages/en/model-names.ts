/** Names for what has none in a model's file. */
export const modelNames = {
  model: 'Unnamed model',
  numberedClass: ({ number }: { readonly number: number }) => `class ${number}`,
};
