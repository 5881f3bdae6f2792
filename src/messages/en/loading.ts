/** How far loading the model and the runtime has come. */
import { megabytes } from './numbers.js';

export interface Loading {
  readonly isStarting?: boolean;
  /** Bytes of model and runtime together; 0 while nothing is known yet. */
  readonly loaded: number;
  readonly total: number;
}

export const loading = {
  /** `Loading model 3.0 of 8.0 MB`. */
  progress: ({ isStarting, loaded, total }: Loading): string => {
    if (isStarting) return 'Starting the model';
    if (total === 0) return 'Loading model';
    return `Loading model ${megabytes(loaded)} of ${megabytes(total)} MB`;
  },
};
