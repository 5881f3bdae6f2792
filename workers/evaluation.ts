/** The evaluation worker: reads annotated photos and works the figures out. One dataset per worker. */
import { expose } from 'comlink';
import { Evaluator } from '../src/workbench/evaluation/evaluator.js';

expose(new Evaluator());
// A sign of life for `launchWorker`.
postMessage('begun');
