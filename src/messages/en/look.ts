/** How thoroughly photos are looked at. */
import { count, estimate, fixed, size } from './numbers.js';
import { unseen } from './results.js';

export interface Way {
  /** What it comes to for the photo that is shown. */
  readonly detail: 'fast' | 'thorough';
  /** Views, the whole photo among them. */
  readonly planned: number;
  /** Photo pixels below which no defect can be seen; undefined where none can be. */
  readonly limit: number | undefined;
  readonly seconds?: number;
  readonly limitedBy?: 'time' | 'memory' | 'failure' | 'views' | undefined;
}

export interface Ways {
  readonly fast: Way;
  readonly thorough: Way;
  readonly auto: Way;
}

const NAMES = { auto: 'Auto', fast: 'Fast', thorough: 'Thorough' };

export type Detail = keyof typeof NAMES;

/** `24 tiles, about 9 s`, `One view, under 1 s`. */
const cost = ({ planned, seconds }: Way): string => {
  const views = planned === 1 ? 'One view' : count(planned, 'tile');
  return seconds === undefined ? views : `${views}, ${estimate(seconds)}`;
};

const ABOUT = {
  auto: 'Tiles where one view is too small and they take less than a minute',
  fast: 'The whole photo in one view',
  thorough: 'In tiles, too, so that small defects are seen',
};

export const look = {
  /** Of the button that shows how photos are looked at. */
  button: ({ detail }: { readonly detail: Detail }): string => `Detail: ${NAMES[detail]}`,
  title: 'How thoroughly photos are looked at',
  close: 'Close',
  names: NAMES,
  about: ABOUT,
  /** What a choice comes to for the photo that is shown. */
  way: (detail: Detail, ways: Ways): string => {
    const { fast, thorough, auto } = ways;
    if (detail === 'fast') return `${cost(fast)}; ${unseen(fast.limit)}`;
    if (detail === 'thorough') {
      return thorough.planned === 1
        ? `No tiles are needed: one view shows all there is to see; ${unseen(thorough.limit)}`
        : `${cost(thorough)}; ${unseen(thorough.limit)}`;
    }
    if (auto.detail === 'thorough' && auto.planned > 1)
      return `Thorough here: ${cost(auto)}; ${unseen(auto.limit)}`;
    if (auto.limitedBy === 'time' && thorough.seconds !== undefined)
      return `Fast here, because thorough would take ${estimate(thorough.seconds)}; ${unseen(auto.limit)}`;
    return `Fast here: one view is enough; ${unseen(auto.limit)}`;
  },
  /** `Auto takes about 2 minutes for all 12 photos.` */
  forAll: ({
    photos,
    detail,
    seconds,
  }: {
    readonly photos: number;
    readonly detail: Detail;
    readonly seconds: number;
  }): string => `${NAMES[detail]} takes ${estimate(seconds)} for all ${count(photos, 'photo')}.`,
  /** Where only the way for many is known to be set. */
  allPhotos: ({ photos }: { readonly photos: number }): string =>
    `Set for all ${count(photos, 'photo')}; only the one that is shown is inspected again, unless it was cancelled.`,

  smallest: 'Smallest defect that matters',
  smallestUnit: 'px, longer side',
  any: 'any',
  /** Of the button with which it is measured on the photo. */
  measure: 'Measure on the photo',
  forget: 'Any size',
  /** Where even tiles are too small for it. */
  tooSmall: ({ smallest, limit }: { readonly smallest: number; readonly limit: number }): string =>
    `The model enlarges photos no further: ${fixed(smallest, 0)} px may be missed, ${unseen(limit)}.`,

  // On the photo
  area: 'Inspect an area: draw a rectangle',
  drawArea: 'Draw a rectangle around what to inspect.',
  drawSmallest: 'Draw a rectangle around the smallest defect that matters.',
  inView: 'Inspect what is in view',
  cancel: 'Cancel',
  areaIs: (area: { readonly width: number; readonly height: number }): string =>
    `Only an area of ${size(area)} is inspected`,
  whole: 'Inspect the whole photo',
};
