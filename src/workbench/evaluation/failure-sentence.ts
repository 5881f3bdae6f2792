import { datasetSentence } from '../../datasets/errors.js';
import { errors } from '../../messages/error-text.js';
import { say } from '../../messages/message.js';
import type { Failure } from './state.js';

export const failureSentence = (failure: Failure): string =>
  failure.code === 'dataset-unusable' ? datasetSentence(failure) : say(errors, failure);
