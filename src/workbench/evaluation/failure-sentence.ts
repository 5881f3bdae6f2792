import { datasets } from '../../messages/en/datasets.js';
import { errors } from '../../messages/en/errors.js';
import { say } from '../../messages/message.js';
import type { RunFailure } from './state.js';

/** Why a photo or a run is not evaluated: what a detector says, or what is wrong with the photo. */
export const failureSentence = (why: RunFailure['why']): string =>
  'code' in why ? say(errors, why) : say(datasets, why);
