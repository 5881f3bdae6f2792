import { wrap } from 'comlink';
import { launchWorker, type WorkerConnection } from '../worker-connection.js';
import type { PictureWorkerApi } from './picture.js';

/** A running picture worker. */
export interface PictureConnection extends Pick<WorkerConnection, 'crashed' | 'terminate'> {
  readonly api: PictureWorkerApi;
}

/** @param url of the picture worker, absolute; see `connectWorker` */
export function connectPictures(url: string): PictureConnection {
  const { worker, crashed, terminate } = launchWorker(url);
  const remote = wrap<PictureWorkerApi>(worker);
  return { api: { picture: (file, request) => remote.picture(file, request) }, crashed, terminate };
}
