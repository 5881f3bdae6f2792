/** Names for what has none in the files of models, datasets and lessons. */
import { count } from './numbers.js';

export const modelNames = {
  lesson: 'My part',
  /** The class of marks, where a person has named none. */
  defect: 'defect',
  /** The one class of a model that knows good photos alone. */
  unlikeGood: 'unlike the good ones',
  /** What a model was trained on that a lesson has taught. */
  taughtOn: ({ lesson, photos }: { readonly lesson: string; readonly photos: number }) =>
    `“${lesson}”, ${count(photos, 'photo')}`,
  model: 'Unnamed model',
  numberedClass: ({ number }: { readonly number: number }) => `class ${number}`,
};
