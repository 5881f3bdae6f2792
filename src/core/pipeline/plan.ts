/** Which parts of a photo the network looks at, and at which scale. */
import type { Rect, Size } from '../rect.js';
import type { InputRule } from '../types.js';
import { fitAt, fitInput, ownScale, type InputFit } from './fit.js';

/** Network pixels of a defect's longer side from which on it counts as seen. */
export const SEEN_SIDE = 12;
/** The tiles' scale where nobody says how small a defect may be. */
const DEFAULT_SCALE = 1;
/** Network pixels of a tile's side, where the model was trained on photos as long as that. */
const MAX_TILE_SIDE = 960;
/** What a tile shares with its neighbour at least, of the shorter side of a tile as the network sees it. */
export const OVERLAP = 1 / 4;
/** A model whose tiles are small would need hundreds of thousands of them for a large photo: hours, and more results than can be merged. */
export const MAX_VIEWS = 5000;

/** A part of the photo that the network looks at, in whole photo pixels. */
export interface PlannedView extends Rect {
  /** 0: the whole photo; the larger, the finer. */
  readonly level: number;
  readonly fit: InputFit;
}

/** Views of one size at one scale, in rows and columns. */
export interface Level extends Size {
  readonly fit: InputFit;
  /** Where its columns and rows begin, photo pixels. */
  readonly columns: readonly number[];
  readonly rows: readonly number[];
  /** Photo pixels that neighbours share at least; 0 for the whole photo. */
  readonly overlap: number;
}

/** A plan whose views are yet to be made: there may be thousands. */
export interface Layout {
  readonly detail: 'fast' | 'thorough';
  /** Of the finest views: network pixels per photo pixel. */
  readonly scale: number;
  /** The whole photo, then tiles, the coarser ones first. */
  readonly levels: readonly Level[];
  /** How many views there are. */
  readonly planned: number;
  /** Whether the scale is smaller than that asked for, since that would have taken more than `MAX_VIEWS`. */
  readonly isCapped: boolean;
}

export interface Plan extends Pick<Layout, 'detail' | 'scale' | 'isCapped'> {
  /** The whole photo, then tiles, the coarser ones first, row by row. */
  readonly views: readonly PlannedView[];
}

export interface PlanOptions {
  /** fast: the whole photo alone; thorough: tiles as well, where the whole photo's scale is smaller than that asked for. */
  readonly detail: 'fast' | 'thorough';
  /** Of the tiles; see `scaleFor`. */
  readonly scale: number;
}

/**
 * The scale at which defects of that size are seen, as far as the model enlarges photos.
 * @param smallest longer side of the smallest defect's box that matters, photo pixels; 1 network pixel per photo pixel by default
 */
export function scaleFor(
  smallest: number | undefined,
  { maxUpscale, scale }: Pick<InputRule, 'maxUpscale' | 'scale'>,
): number {
  return (
    scale ?? Math.min(maxUpscale, smallest === undefined ? DEFAULT_SCALE : SEEN_SIDE / Math.max(1, smallest))
  );
}

/** The scale of a photo's finest views: see `scaleFor`. Of a model that knows one scale, it is that, however small a defect may be. */
export const finestScale = (photo: Size, rule: InputRule, smallest: number | undefined): number =>
  rule.hasOneScale ? ownScale(photo, rule) : scaleFor(smallest, rule);

/**
 * The network's input for a tile, before padding. Measured on composed photos: the wider a tile, the fewer false alarms and
 * the better the outlines; a model sees best what is as large as the photos that it was trained on.
 */
export function tileSize({ size, shortSide, longSide }: InputRule): Size {
  if (size) return size;
  return { width: longSide, height: longSide <= MAX_TILE_SIDE ? longSide : shortSide };
}

/**
 * Views of a photo: the whole of it for large defects, and for small ones tiles of one size, the last of a row and of a column
 * moved inwards. What is no longer than a level's overlap lies whole in one of its tiles; what is longer is seen whole by a coarser
 * level, at `SEEN_SIDE` network pixels or more: where the next coarser view would see it smaller than that, another level of tiles comes between.
 * @throws {RangeError} when the photo has no pixels
 */
export function planViews(photo: Size, rule: InputRule, options: PlanOptions): Plan {
  return viewsOf(layOut(photo, rule, options));
}

/** How many views there are, and of which sizes, without making them. @throws {RangeError} when the photo has no pixels */
export function layOut(photo: Size, rule: InputRule, { detail, scale: asked }: PlanOptions): Layout {
  const { width, height } = photo;
  const fit = fitInput(width, height, rule);
  const whole: Level = { width, height, fit, columns: [0], rows: [0], overlap: 0 };
  for (let scale = asked; ;) {
    const scales = detail === 'fast' ? [] : tileScales(fit.scale, scale, rule);
    const levels = [whole, ...scales.map((one) => tilesAt(one, photo, rule))];
    const planned = levels.reduce((sum, { columns, rows }) => sum + columns.length * rows.length, 0);
    if (planned <= MAX_VIEWS)
      return { detail, scale: levels.at(-1)!.fit.scale, levels, planned, isCapped: scale < asked };
    // The number of tiles grows with the square of their scale.
    scale *= Math.min(0.99, Math.sqrt(MAX_VIEWS / planned));
  }
}

/** The views of a layout. */
export function viewsOf({ detail, scale, isCapped, levels }: Layout): Plan {
  const views = levels.flatMap(({ width, height, fit, columns, rows }, level) =>
    rows.flatMap((y) => columns.map((x): PlannedView => ({ level, x, y, width, height, fit }))),
  );
  return { detail, scale, isCapped, views };
}

/** Of each level of tiles, the coarsest first. Tiles of less than 96 network pixels share too few of them to close every gap. */
function tileScales(whole: number, finest: number, rule: InputRule): number[] {
  if (rule.hasOneScale) return finest > whole ? [finest] : [];
  const scales: number[] = [];
  let next = finest;
  while (next > whole) {
    scales.unshift(next);
    const overlap = overlapOf(rule, next);
    if (overlap >= SEEN_SIDE / whole) break;
    next = Math.min(SEEN_SIDE / overlap, next / 2);
  }
  return scales;
}

/** Photo pixels, at least one. */
function overlapOf(rule: InputRule, scale: number): number {
  const { width, height } = tileSize(rule);
  return Math.max(1, Math.floor((Math.min(width, height) * OVERLAP) / scale));
}

function tilesAt(scale: number, photo: Size, rule: InputRule): Level {
  const overlap = overlapOf(rule, scale);
  const most = tileSize(rule);
  const side = (photoSide: number, tileSide: number) =>
    Math.min(photoSide, Math.max(1, Math.floor(tileSide / scale)));
  const width = side(photo.width, most.width);
  const height = side(photo.height, most.height);
  return {
    ...{ width, height, overlap },
    fit: fitAt(scale, width, height, rule),
    columns: starts(photo.width, width, overlap),
    rows: starts(photo.height, height, overlap),
  };
}

/** Where parts of a length begin, so that they fill the whole, and neighbours share at least the overlap. */
function starts(whole: number, part: number, overlap: number): number[] {
  const step = Math.max(1, part - overlap);
  const count = Math.ceil((whole - part) / step) + 1;
  return Array.from({ length: count }, (_, i) => Math.min(i * step, whole - part));
}
