import { SCORE_FLOOR } from '../../core/types.js';
import { REPORT_FORMATS } from '../evaluation/evaluator-api.js';
import { isRunning, THRESHOLD_RULES, type EvaluationState } from '../evaluation/state.js';
import { RUN_DETAILS } from '../evaluation/run-detail.js';
import type { EvaluationSession } from '../evaluation/session.js';
import type { Bench, Command, CommandTable } from './command.js';
import type { CommandId } from './commands.js';
import { resultCommands } from './results.js';

type EvaluationCommand = Extract<CommandId, `evaluation.${string}`>;

const isIdle = (state: EvaluationState): boolean => state.dataset !== undefined && !isRunning(state);
const isHeld = ({ runs }: EvaluationState): boolean => runs.some(({ isPaused }) => isPaused);
const hasFigures = ({ evaluated }: EvaluationState): boolean => evaluated.length > 0;
const isOpened = ({ opened }: EvaluationState): boolean => opened !== undefined;

export const evaluationCommands: CommandTable<EvaluationCommand> = {
  'evaluation.open': { run: (bench) => bench.watch(bench.openEvaluation()) },
  'evaluation.read': { run: (bench, { source }) => bench.watch(bench.evaluate(source)) },
  'evaluation.stop-reading': session(
    (one) => one.stopReading(),
    ({ reading }) => reading !== undefined,
  ),
  'evaluation.read-by': session(
    (one, { annotationFile }) => one.readBy(annotationFile),
    ({ dataset }, { annotationFile }) => dataset?.annotationFiles.includes(annotationFile) ?? false,
  ),
  'evaluation.clear': session(
    (one) => one.close(),
    ({ dataset }) => dataset !== undefined,
  ),
  'evaluation.look': session(
    (one, { detail }) => one.look(detail),
    (state, { detail }) => isIdle(state) && state.detail !== detail && RUN_DETAILS.includes(detail),
  ),
  'evaluation.start': session((one) => one.inspect(), isIdle),
  'evaluation.compare': session(
    (one, { model }) => (model === undefined ? one.removeSecond() : one.compareWith(model)),
    (state) => isIdle(state) && state.runs.length > 0,
  ),
  'evaluation.pause': session(
    (one) => one.pause(),
    (state) => isRunning(state) && !isHeld(state),
  ),
  'evaluation.resume': session((one) => one.resume(), isHeld),
  'evaluation.cancel': session((one) => one.cancel(), isRunning),
  'evaluation.retry': session(
    (one) => one.retry(),
    (state) => isIdle(state) && state.runs.some(({ left }) => left > 0),
  ),
  'evaluation.map': session(
    (one, { place, name, to }) => one.map(place, name, to),
    ({ runs }, { place, name }) => runs[place]?.mapping.has(name) ?? false,
  ),
  'evaluation.count': session(
    (one, settings) => one.change(settings),
    ({ dataset }, { rule = 'f1', costRatio = 1, threshold = 1 }) =>
      dataset !== undefined &&
      THRESHOLD_RULES.includes(rule) &&
      costRatio > 0 &&
      costRatio < Infinity &&
      threshold >= SCORE_FLOOR &&
      threshold <= 1,
  ),
  'evaluation.use': {
    run: (bench) => {
      const chosen = bench.evaluation.session?.use();
      if (chosen) resultCommands['thresholds.use'].run(bench, chosen);
    },
    isEnabled: ({ store }) => (store.state.evaluation.evaluated[0]?.proposals.size ?? 0) > 0,
  },
  'evaluation.list': session((one, wanted) => one.show(wanted), hasFigures),
  'evaluation.case': session(
    (one, shown) => one.open(shown?.place),
    ({ list }, shown) => list !== undefined && (shown?.place === undefined || shown.place in list.cases),
  ),
  'evaluation.next-case': session((one) => one.walk(1), isOpened),
  'evaluation.previous-case': session((one) => one.walk(-1), isOpened),
  'evaluation.seen': session(
    (one) => one.seen(),
    ({ hasNews }) => hasNews,
  ),
  'evaluation.export': {
    run: (bench, { format }) => {
      const reporting = bench.evaluation.session?.report(format, bench.derived.csvStyle);
      const save = async () => {
        const file = await reporting;
        if (!file) return;
        bench.ports.saveFile(file.blob, file.name);
        bench.noteReported();
      };
      bench.watch(save());
    },
    isEnabled: ({ store }, { format }) =>
      REPORT_FORMATS.includes(format) && hasFigures(store.state.evaluation),
  },
};

/** What the evaluation does by itself, once it is loaded; before, there is nothing that it could be done with. */
function session<Args>(
  run: (session: EvaluationSession, args: Args) => void | Promise<void>,
  isEnabled: (state: EvaluationState, args: Args) => boolean,
): Command<Args> {
  return {
    run: (bench: Bench, args) => {
      const doing = bench.evaluation.session && run(bench.evaluation.session, args);
      if (doing) bench.watch(doing);
    },
    isEnabled: ({ store }, args) => isEnabled(store.state.evaluation, args),
  };
}
