import { proxy, wrap } from 'comlink';
import { launchWorker, type WorkerConnection } from '../../detector/worker-connection.js';
import type { EvaluatorApi } from './evaluator-api.js';

/** A running evaluator, as a rule in a worker. */
export interface EvaluatorConnection {
  readonly api: EvaluatorApi;
  readonly crashed: WorkerConnection['crashed'];
  terminate(): void;
}

export type ConnectEvaluator = () => EvaluatorConnection;

/** @param url of the evaluation worker, absolute; see `connectWorker` */
export function connectEvaluator(url: string): EvaluatorConnection {
  const { worker, crashed, terminate } = launchWorker(url);
  const remote = wrap<EvaluatorApi>(worker);
  return {
    api: {
      files: (part) => remote.files(part),
      open: (opened, annotationFile, onProgress) => remote.open(opened, annotationFile, proxy(onProgress)),
      add: (run, found) => remote.add(run, found),
      figures: (request) => remote.figures(request),
      outlines: (run, photo) => remote.outlines(run, photo),
      report: (request) => remote.report(request),
    },
    crashed,
    terminate,
  };
}
