/** The evaluation worker: reads annotated photos and works the figures out. One dataset per worker. */
import { expose } from 'comlink';
import { Evaluator } from '../src/workbench/evaluation/evaluator.js';
import { announceBegin } from './announce.js';

expose(new Evaluator());
announceBegin();
