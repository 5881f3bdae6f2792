import { proxy, wrap } from 'comlink';
import { createWorker } from '../../detector/worker-connection.js';
import type { EvaluatorApi } from './evaluator-api.js';

/** A running evaluator, as a rule in a worker. */
export interface EvaluatorConnection {
  readonly api: EvaluatorApi;
  /** Rejects when it ends without being told to. `message`: what the browser says about it. */
  readonly crashed: Promise<never>;
  terminate(): void;
}

export type ConnectEvaluator = () => EvaluatorConnection;

/** @param url of the evaluation worker, absolute; see `createWorker` */
export function connectEvaluator(url: string): EvaluatorConnection {
  const worker = createWorker(url);
  const crashed = new Promise<never>((_, reject) => {
    const report = (event: Event) => {
      reject(new Error(event instanceof ErrorEvent ? event.message : ''));
    };
    worker.addEventListener('error', report);
    worker.addEventListener('messageerror', report);
  });
  const remote = wrap<EvaluatorApi>(worker);
  return {
    api: {
      files: (part) => remote.files(part),
      open: (opened, annotationFile, onProgress) => remote.open(opened, annotationFile, proxy(onProgress)),
      photo: (photo) => remote.photo(photo),
      add: (run, found) => remote.add(run, found),
      figures: (request) => remote.figures(request),
      outlines: (run, photo) => remote.outlines(run, photo),
      report: (request) => remote.report(request),
    },
    crashed,
    terminate: () => worker.terminate(),
  };
}
