/** What models and classes are called whose file doesn't say it. */
export const modelNames = {
  unnamedModel: 'Unnamed model',
  unnamedClass: ({ number }: { readonly number: number }) => `class ${number}`,
};
