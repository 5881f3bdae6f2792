/** Names for what has none in the files of models and datasets. */
export const modelNames = {
  model: 'Unnamed model',
  numberedClass: ({ number }: { readonly number: number }) => `class ${number}`,
};
