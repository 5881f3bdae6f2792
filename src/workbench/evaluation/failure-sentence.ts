import { datasets } from '../../messages/dataset-text.js';
import { errors } from '../../messages/error-text.js';
import { say } from '../../messages/message.js';
import type { Failure } from './state.js';

export const failureSentence = (failure: Failure): string =>
  'code' in failure ? say(errors, failure) : say(datasets, failure);
