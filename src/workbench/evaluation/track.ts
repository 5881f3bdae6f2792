import type { ClassMapping } from '../../core/evaluation/class-mapping.js';
import type { DatasetRun } from './dataset-run.js';
import type { RunSetup } from './evaluator-api.js';
import type { RunState } from './state.js';

/** One model's part of the session. */
export interface Track {
  /** No two have the same. */
  readonly id: number;
  readonly run: DatasetRun;
  /** Empty until the model is loaded. */
  mapping: ClassMapping;
}

/** Of a run whose model is loaded. */
export const setupOf = ({ id, run, mapping }: Track): RunSetup => ({
  id,
  model: run.model!,
  detail: run.detail,
  mapping,
});

export const stateOf = ({ run, mapping }: Track): RunState => ({
  detail: run.detail,
  phase: run.phase,
  isPaused: run.isPaused,
  model: run.model,
  mapping,
  done: run.found + run.failures.length,
  found: run.found,
  left: run.left,
  timeLeft: run.timeLeft,
  failures: run.failures,
  error: run.error,
});
