import { datasets } from '../../messages/en/datasets.js';
import { errors } from '../../messages/en/errors.js';
import { say } from '../../messages/message.js';
import type { Failure } from './state.js';

export const failureSentence = (failure: Failure): string =>
  'code' in failure ? say(errors, failure) : say(datasets, failure);
