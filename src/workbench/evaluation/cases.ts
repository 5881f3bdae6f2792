/** Cases to look at. */
import type { FalseAlarmChanges, TruthChanges } from '../../core/evaluation/comparison.js';
import { NOTHING, type ConfusionCell } from '../../core/evaluation/confusion.js';
import type { Changes, RunFigures, ShownCase } from './evaluator-api.js';

export const OUTCOMES = ['missed', 'false-alarm', 'confused', 'found'] as const;

export type CaseOutcome = (typeof OUTCOMES)[number];

/** Which of a model's cases: by outcome, those of a cell of its confusion matrix, or those that two models differ in. */
export type CaseChoice =
  | { readonly kind: 'outcome'; readonly outcome: CaseOutcome }
  | { readonly kind: 'cell'; readonly predicted: number; readonly actual: number }
  | { readonly kind: 'truths'; readonly change: keyof TruthChanges }
  | { readonly kind: 'falseAlarms'; readonly change: keyof FalseAlarmChanges };

export interface CaseList {
  /** Of the model, among those that are compared. */
  readonly place: number;
  readonly choice: CaseChoice;
  /** By photo. */
  readonly cases: readonly ShownCase[];
}

/** What of a model's cases somebody wants to see. */
export type CaseRequest = Pick<CaseList, 'place' | 'choice'>;

type Judged = Pick<RunFigures, 'outcome'>;

interface Shown {
  readonly evaluated: readonly Judged[];
  readonly changes: Changes | undefined;
}

const MISSED: CaseChoice = { kind: 'outcome', outcome: 'missed' };

/** What is chosen, as far as these figures have it; else what is missed. Undefined without figures. */
export function listOf(shown: Shown, wanted: CaseRequest | undefined): CaseList | undefined {
  const place = wanted && wanted.place < shown.evaluated.length ? wanted.place : 0;
  const evaluated = shown.evaluated[place];
  if (!evaluated) return undefined;
  const choice = wanted?.choice ?? MISSED;
  const cases = casesOf(evaluated, shown.changes, place, choice);
  return cases ? { place, choice, cases } : { place, choice: MISSED, cases: casesWith(evaluated, 'missed') };
}

/** How many cases of that outcome the model has. */
export const countOf = (evaluated: Judged, outcome: CaseOutcome): number =>
  cellsWith(evaluated, outcome).reduce((sum, { cases }) => sum + cases.length, 0);

function casesWith(evaluated: Judged, outcome: CaseOutcome): readonly ShownCase[] {
  return cellsWith(evaluated, outcome)
    .flatMap(({ cases }) => cases)
    .sort((a, b) => a.image - b.image || placeOf(a) - placeOf(b));
}

const cellsWith = ({ outcome: { cells } }: Judged, outcome: CaseOutcome) =>
  cells.filter((cell) => outcomeOf(cell) === outcome);

const placeOf = ({ truth, detection }: ShownCase): number => truth ?? detection ?? 0;

function outcomeOf({ predicted, actual }: ConfusionCell): CaseOutcome {
  if (predicted === NOTHING) return 'missed';
  if (actual === NOTHING) return 'false-alarm';
  return predicted === actual ? 'found' : 'confused';
}

function casesOf(
  evaluated: Judged,
  changes: Changes | undefined,
  place: number,
  choice: CaseChoice,
): readonly ShownCase[] | undefined {
  switch (choice.kind) {
    case 'outcome':
      return casesWith(evaluated, choice.outcome);
    case 'cell':
      return evaluated.outcome.cells.find(
        ({ predicted, actual }) => predicted === choice.predicted && actual === choice.actual,
      )?.cases;
    case 'truths':
      return ofModel(changes?.truths[choice.change], place);
    case 'falseAlarms':
      return ofModel(changes?.falseAlarms[choice.change], place);
  }
}

const ofModel = (
  changes: readonly { readonly first?: ShownCase; readonly second?: ShownCase }[] | undefined,
  place: number,
): readonly ShownCase[] | undefined =>
  changes?.flatMap(({ first, second }) => (place === 0 ? first : second) ?? []);
