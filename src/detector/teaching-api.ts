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

export interface LearningOptions {
  readonly onProgress: (progress: LearnProgress) => void;
  /** Whether the features are needed afterwards: they are copied then. */
  readonly isKept: boolean;
}

/** A running teaching worker. */
export interface TeachingConnection extends Pick<WorkerConnection, 'crashed' | 'terminate'> {
  learn(task: TeachTask, options: LearningOptions): Promise<Result<TaughtModel>>;
}

/** @param url of the teaching worker, absolute; see `connectWorker` */
export function connectTeaching(url: string): TeachingConnection {
  const { worker, crashed, terminate } = launchWorker(url);
  const remote = wrap<TeachingWorkerApi>(worker);
  return {
    learn: (task, { onProgress, isKept }) =>
      remote.learn(isKept ? task : transfer(task, buffersOf(task)), proxy(onProgress)),
    crashed,
    terminate,
  };
}

function buffersOf({ photos }: TeachTask): ArrayBuffer[] {
  const arrays = photos.flatMap(({ views, turned = [] }) => [
    ...views.flatMap(({ cells, mean }) => [cells.values, mean]),
    ...turned.flat().flatMap(({ places, values }) => [places, values]),
  ]);
  return arrays.map(({ buffer }) => buffer as ArrayBuffer);
}
