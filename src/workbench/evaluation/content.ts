/** What is on the photos of a dataset, as it is counted, and why some count as neither defective nor good. */
import type { ClassMapping, MappedClass } from '../../core/evaluation/class-mapping.js';
import type { DatasetSummary, Settings } from './evaluator-api.js';
import type { Evaluated, EvaluationState } from './state.js';

export interface Content {
  /** Photos. */
  readonly defective: number;
  readonly good: number;
  /** Photos that show nothing but crowds, while these count neither way. */
  readonly neither: number;
  readonly defects: number;
  /** Defects of each class. */
  readonly classes: ReadonlyMap<string, number>;
}

/** What is annotated, before any class is mapped. */
export function contentOf(
  dataset: Pick<DatasetSummary, 'photos' | 'classes' | 'defective' | 'defects' | 'crowds' | 'crowdsAlone'>,
  { areCrowdsDefects }: Pick<Settings, 'areCrowdsDefects'>,
): Content {
  const { photos, defective, crowdsAlone } = dataset;
  const counted = ({ defects, crowds }: { readonly defects: number; readonly crowds: number }): number =>
    defects + (areCrowdsDefects ? crowds : 0);
  return {
    defective: defective + (areCrowdsDefects ? crowdsAlone : 0),
    good: photos.length - defective - crowdsAlone,
    neither: areCrowdsDefects ? 0 : crowdsAlone,
    defects: counted(dataset),
    classes: new Map(dataset.classes.map((one) => [one.name, counted(one)])),
  };
}

/** Photos that a model's figures count as neither defective nor good, and what may be outlined on them. */
export interface Neither {
  readonly photos: number;
  /** Classes without a counterpart in the model, where classes matter. */
  readonly other: readonly string[];
  readonly leftOut: readonly string[];
  readonly hasCrowds: boolean;
}

/** @param place the model's */
export function neitherOf(
  { dataset, runs, settings }: Pick<EvaluationState, 'dataset' | 'runs' | 'settings'>,
  { outcome }: Pick<Evaluated, 'outcome'>,
  place: number,
): Neither {
  const mapping: ClassMapping = runs[place]?.mapping ?? new Map();
  const mappedTo = (wanted: MappedClass): string[] =>
    [...mapping].flatMap(([name, to]) => (to === wanted ? name : []));
  return {
    photos: outcome.parts.leftOut.length,
    other: settings.isAnyDefect ? [] : mappedTo('other'),
    leftOut: mappedTo('left-out'),
    hasCrowds: !settings.areCrowdsDefects && (dataset?.crowds ?? 0) > 0,
  };
}
