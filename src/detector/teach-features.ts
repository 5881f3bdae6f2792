/** What photos of a lesson look like to the network: asked of a worker, and kept for the next time the lesson is learnt. */
import type { PlannedView } from '../core/pipeline/plan.js';
import { finestScale, planViews } from '../core/pipeline/plan.js';
import type { Size } from '../core/rect.js';
import type { CellView, Turn, TurnedView } from '../core/teach/cells.js';
import { examplesOf } from '../core/teach/examples.js';
import { Fingerprint } from '../core/teach/fingerprint.js';
import type { Mark } from '../core/teach/lesson.js';
import type { InputRule } from '../core/types.js';
import type { LessonKind } from '../model/lesson-features.js';
import type { Call, Detector } from './teach-worker.js';

/** How a lesson's photos are looked at. */
export interface Seeing {
  /** SHA-256 of the model's file, hex. */
  readonly model: string;
  readonly kind: LessonKind;
  /** Of each photo, network pixels. */
  readonly shortSide: number;
}

/** A photo as the network sees it. Plain data: it may be stored, and what is stored stays good as long as the model does. */
export interface PhotoFeatures extends Seeing, Size {
  /** Of the marks by which examples were chosen. */
  readonly marks: number;
  /** Of 16 a sample, those that were taken to count; see `Given`. */
  readonly bits?: number;
  readonly views: readonly CellView[];
  readonly turned: readonly (readonly TurnedView[])[];
}

/** What is kept from one learning of a lesson to the next; made as `{ photos: new Map() }`. */
export interface KeptFeatures {
  /**
   * By any name that tells photos apart. Who takes a photo out of the lesson takes it out here. What is stored may be of another version, or
   * damaged: what is no `PhotoFeatures` counts as missing.
   */
  readonly photos: Map<string, object>;
  /** The model that saw them; not to be stored. */
  detector?: Detector;
}

/** Whether that is what a photo looks like to the network, whoever has kept it. */
export function isPhotoFeatures(value: object | undefined): value is PhotoFeatures {
  const { model, kind, shortSide, width, height, marks, views, turned } = Object(
    value,
  ) as Loose<PhotoFeatures>;
  return (
    typeof model === 'string' &&
    typeof kind === 'string' &&
    [shortSide, width, height, marks].every((one) => typeof one === 'number') &&
    Array.isArray(views) &&
    views.every(isCellView) &&
    Array.isArray(turned) &&
    turned.every((all) => Array.isArray(all) && all.every(isTurnedView))
  );
}

type Loose<T> = { readonly [K in keyof T]?: unknown };

function isCellView(value: unknown): boolean {
  const { x, y, width, height, step, cells, mean } = Object(value) as Loose<CellView>;
  const { width: columns, height: rows, dims, values } = Object(cells) as Loose<CellView['cells']>;
  return (
    areNumbers([x, y, width, height, step, columns, rows, dims]) &&
    mean instanceof Float32Array &&
    values instanceof Uint16Array &&
    values.length === Number(columns) * Number(rows) * Number(dims)
  );
}

function isTurnedView(value: unknown): boolean {
  const { x, y, width, height, step, dims, places, values } = Object(value) as Loose<TurnedView>;
  return (
    areNumbers([x, y, width, height, step, dims]) &&
    places instanceof Uint32Array &&
    values instanceof Uint16Array &&
    values.length === places.length * Number(dims)
  );
}

const areNumbers = (values: readonly unknown[]): boolean => values.every((one) => Number.isFinite(one));

/** Whether a photo's features are those of this seeing. With other marks, other cells of its turned views might have been kept. */
export const fits = (features: PhotoFeatures, { model, kind, shortSide }: Seeing): boolean =>
  features.model === model && features.kind === kind && features.shortSide === shortSide;

export const fingerprintOf = (marks: readonly Mark[]): number => {
  const print = new Fingerprint();
  print.addMarks(marks);
  return print.value;
};

/** Defects and edges lie the other way round as well: photos of marked lessons are learnt turned in these ways, too. */
const TURNS: readonly Turn[] = [
  { isMirrored: true, isUpsideDown: false },
  { isMirrored: false, isUpsideDown: true },
  { isMirrored: true, isUpsideDown: true },
];

interface Describing {
  readonly seeing: Seeing;
  readonly input: InputRule;
  /** Called after each look with the share that is done, up to 1: of a large photo there may be hundreds. */
  readonly onLook: (share: number) => void;
}

/** Looks at the photo that is open: at all of it at once, or at tiles where it is larger. */
export async function describePhoto(
  call: Call,
  key: number,
  { width, height }: Size,
  { marks, bits }: { readonly marks: readonly Mark[]; readonly bits: number | undefined },
  { seeing, input, onLook }: Describing,
): Promise<PhotoFeatures> {
  const scale = finestScale({ width, height }, input, undefined);
  const plan = planViews({ width, height }, input, { detail: 'thorough', scale });
  const finest = Math.max(...plan.views.map(({ level }) => level));
  const planned = plan.views.filter(({ level }) => level === finest);
  const area = [0, 0, width, height] as const;
  const turns = seeing.kind === 'marked' ? TURNS : [];
  const looks = planned.length * (1 + turns.length);
  let done = 0;
  const look: Call = async (work) => {
    const seen = await call(work);
    onLook(++done / looks);
    return seen;
  };
  const views = await inTurn(planned, (view) => look((api) => api.features(key, view, area)));
  const seeTurned = (turn: Turn, seed: number) => {
    const grids = views.map(({ x, y, step, cells, ...size }) => ({
      ...{ x, y, width: size.width, height: size.height, step, turn },
      cells: { width: cells.width, height: cells.height },
    }));
    const places = examplesOf({ views: grids, marks }, seed);
    return inTurn(planned, (view: PlannedView, i) =>
      look((api) => api.turnedFeatures(key, view, area, turn, places[i]!)),
    );
  };
  const turned = await inTurn(turns, seeTurned);
  const own = { width, height, marks: fingerprintOf(marks), ...(bits !== undefined && { bits }) };
  return { ...seeing, ...own, views, turned };
}

/** One after the other: a photo that is decoded takes memory. */
export async function inTurn<T, R>(
  items: readonly T[],
  work: (item: T, place: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (const [place, item] of items.entries()) results.push(await work(item, place));
  return results;
}
