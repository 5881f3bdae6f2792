import type { InspectorError } from '../../core/errors.js';
import type { Detector } from '../../detector/types.js';
import type { Loading } from './loading-progress.js';

/** What is known about the model. */
export type ModelState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'loading'; readonly progress: Loading }
  | {
      readonly kind: 'ready';
      readonly detector: Detector;
      /** Why it is the shipped model and not the one that was chosen, if so. */
      readonly fallback?: Error;
    }
  | { readonly kind: 'failed'; readonly error: InspectorError };
