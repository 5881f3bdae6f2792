/** What a case, and a list of cases, is called. */
import { NOTHING } from '../../core/evaluation/confusion.js';
import { text } from '../../messages/evaluation-text.js';
import type { CaseChoice } from '../../workbench/evaluation/cases.js';
import type { ShownCase } from '../../workbench/evaluation/evaluator-api.js';
import type { Evaluated } from '../../workbench/evaluation/state.js';

interface Named {
  readonly id: number;
  readonly name: string;
}

/** Of a row or a column that stands for no class. */
export const NO_DEFECT: Named = { id: NOTHING, name: text.confusion.noDefect };
export const MISSED: Named = { id: NOTHING, name: text.confusion.missed };

/** `Found: pitting`, `False alarms as crack`. */
export function cellTitle(actual: Named, predicted: Named): string {
  const { falseAlarmsAs, missedOf, foundOf, reportedAs } = text.cases;
  if (actual.id === NOTHING) return falseAlarmsAs(predicted.name);
  if (predicted.id === NOTHING) return missedOf(actual.name);
  return actual.id === predicted.id
    ? foundOf(actual.name)
    : reportedAs({ actual: actual.name, reported: predicted.name });
}

export function listTitle({ classes }: Evaluated, choice: CaseChoice): string {
  const named = (id: number, none: Named) => classes.find((one) => one.id === id) ?? none;
  switch (choice.kind) {
    case 'outcome':
      return text.cases.lists[choice.outcome];
    case 'cell':
      return cellTitle(named(choice.actual, NO_DEFECT), named(choice.predicted, MISSED));
    case 'truths':
      return text.cases.changed({
        what: text.changes.truths.title,
        change: text.changes.truths[choice.change],
      });
    case 'falseAlarms': {
      const { title, ...changes } = text.changes.falseAlarms;
      return text.cases.changed({ what: title, change: changes[choice.change] });
    }
  }
}

/** `pitting 0.62`, `pitting, only 0.31` (below the threshold), `pitting, overlap 0.31 with crack 0.12`, `pitting → crack 0.70`. */
export function describeCase({ classes, model }: Evaluated, one: ShownCase): string {
  const { only, overlap, overlapWith, nothingNear, confused, defect } = text.cases;
  const nameIn = (named: readonly Named[], id: number) => named.find((own) => own.id === id)?.name ?? defect;
  const reported =
    one.reported &&
    text.cases.reported({ name: nameIn(model.classes, one.reported.classId), value: one.reported.score });
  if (one.actual === undefined) {
    const name = reported ?? defect;
    return one.overlap > 0 ? overlap({ name, value: one.overlap }) : name;
  }
  const name = nameIn(classes, one.actual);
  if (reported === undefined) {
    if (one.fainter) return only({ name, value: one.fainter.score });
    if (!one.near) return nothingNear(name);
    const { classId, score } = one.near;
    const other = text.cases.reported({ name: nameIn(model.classes, classId), value: score });
    return overlapWith({ name, value: one.overlap, other });
  }
  // Found as what it is: said once.
  return reported.startsWith(`${name} `) ? reported : confused({ actual: name, reported });
}
