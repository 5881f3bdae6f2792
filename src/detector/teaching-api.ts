/** What the teaching worker offers, and how it is reached. */
import { proxy, transfer, wrap } from 'comlink';
import type { LearnProgress } from '../core/teach/learnt.js';
import type { TaughtModel, TeachTask } from '../model/teach-model.js';
import type { Result } from './worker-api.js';
import { launchWorker, type WorkerConnection } from './worker-connection.js';

export interface TeachingWorkerApi {
  /** Learns a lesson, whose features it takes for itself, and makes a model of it. */
  learn(task: TeachTask, onProgress: (progress: LearnProgress) => void): Promise<Result<TaughtModel>>;
}

/** A running teaching worker. */
export interface TeachingConnection extends Pick<WorkerConnection, 'crashed' | 'terminate'> {
  readonly api: TeachingWorkerApi;
}

/** @param url of the teaching worker, absolute; see `connectWorker` */
export function connectTeaching(url: string): TeachingConnection {
  const { worker, crashed, terminate } = launchWorker(url);
  const remote = wrap<TeachingWorkerApi>(worker);
  return {
    api: {
      learn: (task, onProgress) => {
        const views = task.photos.flatMap((photo) => photo.views);
        const buffers = views.flatMap(({ cells, mean }) => [cells.values.buffer, mean.buffer]);
        return remote.learn(transfer(task, buffers as ArrayBuffer[]), proxy(onProgress));
      },
    },
    crashed,
    terminate,
  };
}
