/** The teaching worker: what is learnt from photos that others have described. */
import { expose, transfer } from 'comlink';
import type { TeachingWorkerApi } from '../src/detector/teaching-api.js';
import { teachModel } from '../src/model/teach-model.js';
import { announceBegin } from './announce.js';
import { toResult } from './to-result.js';

/** Messages that wait are heard in between. */
const breathe = () => new Promise<void>((resolve) => setTimeout(resolve));

const api: TeachingWorkerApi = {
  async learn(task, onProgress) {
    const result = await toResult(teachModel(task, { onProgress, breathe }));
    return result.ok ? transfer(result, [result.value.file.buffer]) : result;
  },
};

expose(api);
announceBegin();
