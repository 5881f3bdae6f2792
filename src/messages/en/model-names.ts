/** Names for what has none in the files of models, datasets and lessons. */
export const modelNames = {
  lesson: 'My part',
  /** The class of marks, where a person has named none. */
  defect: 'defect',
  /** The one class of a model that knows good photos alone. */
  unlikeGood: 'unlike the good ones',
  model: 'Unnamed model',
  numberedClass: ({ number }: { readonly number: number }) => `class ${number}`,
};
