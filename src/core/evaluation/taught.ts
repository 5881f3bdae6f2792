/** How good a taught model is on photos that it hasn't seen, by its score maps and by what it shows. */
import { RegionColumns, uniteRegions } from '../regions/region-sets.js';
import { rasterize } from '../regions/region.js';
import type { Size } from '../rect.js';
import type { ScoreMap } from '../regions/score-map.js';
import { auroc, Ranking } from '../teach/ranking.js';
import type { Region } from '../types.js';
import { agreement, partsOf } from './finds.js';

/** A photo, what is true of it and what the model says. */
export interface JudgedPhoto extends Size {
  /** What a person has marked; undefined where it is good. */
  readonly truth: Region | undefined;
  readonly map: ScoreMap;
  /** Those that are shown. */
  readonly regions: readonly Region[];
}

export interface TaughtFigures {
  /** 0..1 each; NaN where there is nothing to count. */
  readonly imageAUROC: number;
  readonly pixelAUROC: number;
  readonly pixelAP: number;
  /** Summed intersection by summed union, classes aside. */
  readonly pixelIoU: number;
  /** Share of the defective photos. */
  readonly found: number;
  /** Regions on good photos, per good photo. */
  readonly falseAlarms: number;
}

/** Gathers photos; what is kept of each is some numbers. */
export class TaughtJudge {
  private readonly pixels = new Ranking();
  private readonly defective: number[] = [];
  private readonly good: number[] = [];
  private found = 0;
  private alarms = 0;
  private intersection = 0;
  private union = 0;

  /** The photo's score: the highest of its map's, per photo pixel. */
  add({ width, height, truth, map, regions }: JudgedPhoto): number {
    const mask = truth && rasterize({ mask: truth }, width, height);
    let score = 0;
    visitScores(map, { width, height }, (at, one) => {
      const isMarked = mask?.[at] === 1;
      this.pixels.add(one, isMarked ? 1 : 0, isMarked ? 0 : 1);
      score = Math.max(score, one);
    });
    (truth ? this.defective : this.good).push(score);
    const shown = regions.length > 0 ? new RegionColumns(uniteRegions(regions)) : undefined;
    const marked = truth && new RegionColumns(truth);
    const shared = shown && marked ? shown.sharedArea(marked) : 0;
    this.intersection += shared;
    this.union += (shown?.area ?? 0) + (marked?.area ?? 0) - shared;
    if (!truth) this.alarms += regions.length;
    else if (isFound(truth, regions)) this.found++;
    return score;
  }

  figures(): TaughtFigures {
    return {
      imageAUROC: auroc(this.defective, this.good),
      pixelAUROC: this.pixels.auroc(),
      pixelAP: this.pixels.averagePrecision(),
      pixelIoU: this.intersection / this.union,
      found: this.found / this.defective.length,
      falseAlarms: this.alarms / this.good.length,
    };
  }
}

function isFound(truth: Region, regions: readonly Region[]): boolean {
  const parts = partsOf(truth);
  return regions.some((region) => agreement(new RegionColumns(region), parts).isFind);
}

/**
 * The score of each pixel of a photo, row by row: the highest of all classes, each bilinear between the middles of the map's cells, and
 * beyond the outermost of these as there.
 */
export function visitScores(
  map: ScoreMap,
  { width, height }: Size,
  visit: (at: number, score: number) => void,
): void {
  const columns = Array.from({ length: width }, (_, x) => between((x + 0.5 - map.x) / map.step, map.width));
  const row = new Float64Array(map.width);
  const scores = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    const [top, bottom, down] = between((y + 0.5 - map.y) / map.step, map.height);
    scores.fill(0);
    for (let c = 0; c < map.classes; c++) {
      const plane = c * map.height;
      for (let i = 0; i < map.width; i++) {
        const upper = map.data[(plane + top) * map.width + i]!;
        row[i] = upper + down * (map.data[(plane + bottom) * map.width + i]! - upper);
      }
      columns.forEach(([left, right, across], x) => {
        const one = row[left]! + across * (row[right]! - row[left]!);
        if (one > scores[x]!) scores[x] = one;
      });
    }
    scores.forEach((score, x) => visit(y * width + x, score));
  }
}

/** The cells between whose middles a place lies, and how far from the first to the second one. */
function between(place: number, cells: number): readonly [before: number, after: number, share: number] {
  const at = Math.min(cells - 1, Math.max(0, place - 0.5));
  const before = Math.floor(at);
  return [before, Math.min(cells - 1, before + 1), at - before];
}
