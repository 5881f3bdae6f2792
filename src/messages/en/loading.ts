/** How far loading the model and the runtime has come. */
import { megabytes } from './numbers.js';

const PARTS = { model: 'model', runtime: 'runtime' };

export interface Loading {
  /** What is loaded right now; absent while nothing is known yet, or while what was loaded is started. */
  readonly part?: keyof typeof PARTS | 'starting' | undefined;
  /** Bytes. */
  readonly loaded: number;
  readonly total: number;
}

export const loading = {
  /** `Loading model 2.0 of 4.0 MB`. */
  progress: ({ part, loaded, total }: Loading): string => {
    if (part === 'starting') return 'Starting the model';
    if (!part) return 'Loading model';
    return `Loading ${PARTS[part]} ${megabytes(loaded)} of ${megabytes(total)} MB`;
  },
};
