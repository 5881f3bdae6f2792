/** The slider of confidence. */
import { count, fixed, list, score } from './numbers.js';

export interface Range {
  /** Whether a person's own thresholds are among them. */
  readonly isOwn: boolean;
  readonly low: number;
  readonly high: number;
}

export interface OwnThreshold {
  readonly name: string;
  readonly threshold: number;
}

export interface ClassThreshold {
  readonly threshold: number;
  readonly isOwn: boolean;
  /** How many of all are reported. */
  readonly reported: number;
  readonly all: number;
}

export const threshold = {
  confidence: 'Confidence',
  auto: 'Auto',
  recommended: "Each class's own recommended threshold (double click on the slider)",
  ownOrRecommended: 'Your threshold of each class, else the recommended one (double click on the slider)',

  // What the slider stands at
  forAll: (value: number): string => `${score(value)} for all classes`,
  /** `auto, 0.40 to 0.60 by class`. */
  perClass: ({ isOwn, low, high }: Range): string => {
    const [from, to] = [score(low), score(high)];
    const range = from === to ? from : `${from} to ${to} by class`;
    return isOwn ? `yours, ${range}` : `auto, ${range}`;
  },
  /** Before there are any classes. */
  noClasses: 'auto',

  /** Of the list with a slider for each class. */
  byClass: 'One threshold for each class',
  aboutClasses: 'Bars: how many spots on all photos have which score.',
  ofClass: ({ name }: { readonly name: string }): string => `Threshold of ${name}`,
  classAuto: ({ name }: { readonly name: string }): string => `Auto: recommended threshold of ${name}`,
  /** `0.45, yours: 12 of 40 spots on all photos`. */
  classIs: ({ threshold: value, isOwn, reported, all }: ClassThreshold): string =>
    `${score(value)}, ${isOwn ? 'yours' : 'auto'}` +
    (all > 0 ? `: ${fixed(reported, 0)} of ${count(all, 'spot')} on all photos` : ''),

  lowest: (value: number): string => `${score(value)}: show more`,
  highest: (value: number): string => `${fixed(value, 0)}: show fewer`,

  own: 'Yours:',
  /** `pitting 0.40, crack 0.30.` */
  ownThresholds: (thresholds: readonly OwnThreshold[]): string =>
    `${list(thresholds.map((one) => `${one.name} ${score(one.threshold)}`))}.`,
  reset: 'Back to the recommended ones',

  aboutScores: 'What the score means',
  scores:
    'How alike a spot is to the defects that the model has learned, from 0 to 1. It says nothing about how severe ' +
    'a defect is, and it is no probability of scrap. Auto uses for each class the threshold at which it did best ' +
    'on photos kept out of its training.',
};
