/** From a map of scores to the regions of each class: cells at or above a level that touch, outlined between the cells' centres. */
import { calibrate } from '../../calibration.js';
import type { Size } from '../../rect.js';
import { MASK_LEVEL, type BoxGrid } from '../../regions/box-grid.js';
import { regionArea } from '../../regions/region.js';
import type { ScoreMap } from '../../regions/score-map.js';
import type { TaughtRule } from '../../types.js';
import type { Shape } from '../family.js';
import { gridShape } from '../grid-shape.js';

export interface FoundOnMap extends Shape {
  /** Index of the plane that has most of its score. */
  readonly plane: number;
  /** 0..1: of its best cell and its area, calibrated. */
  readonly score: number;
}

export type RegionRule = Pick<TaughtRule, 'level' | 'smallest' | 'areaWeight' | 'calibration'>;

/**
 * The regions of a photo's map, by falling score. What counts is the best class of each cell, so that one place is one region whatever the classes.
 * @param map of the whole photo; see `joinMaps`
 */
export function findRegions(map: ScoreMap, photo: Size, rule: RegionRule): readonly FoundOnMap[] {
  const { level = MASK_LEVEL, smallest = 0, areaWeight = 0, calibration = AS_IT_IS } = rule;
  const scores = bestOf(map);
  const { labels, groups } = groupCells(scores, map, level);
  const planes = likeliestPlanes(map, labels, groups.length);
  const found: FoundOnMap[] = [];
  for (const [i, group] of groups.entries()) {
    const shape = gridShape(gridAround(group, { map, scores, labels, label: i + 1, level }), photo);
    if (!shape) continue;
    const area = regionArea(shape.region) / map.step ** 2;
    if (area < smallest) continue;
    const score = weighted(group.score, area ** areaWeight);
    found.push({ plane: planes[i]!, score: calibrate(score, calibration), ...shape });
  }
  return found.sort((a, b) => b.score - a.score);
}

const AS_IT_IS = { slope: 1, offset: 0 };

/** The score whose odds are so many times those of another. */
const weighted = (score: number, times: number): number => (score * times) / (1 - score + score * times);

/** Of each cell the largest score. */
function bestOf({ data, classes, width, height }: ScoreMap): Float32Array {
  const cells = width * height;
  const best = data.slice(0, cells);
  for (let i = cells; i < classes * cells; i++) best[i % cells] = Math.max(best[i % cells]!, data[i]!);
  return best;
}

/** For each group the plane that has the largest sum within it. */
function likeliestPlanes(
  { data, classes, width, height }: ScoreMap,
  labels: Int32Array,
  groups: number,
): number[] {
  const cells = width * height;
  const sums = new Float64Array(groups * classes);
  for (let i = 0; i < classes * cells; i++) {
    const label = labels[i % cells]!;
    if (label > 0) sums[(label - 1) * classes + Math.floor(i / cells)]! += data[i]!;
  }
  return Array.from({ length: groups }, (_, group) => {
    const own = sums.subarray(group * classes, (group + 1) * classes);
    return own.indexOf(Math.max(...own));
  });
}

/** Cells that touch, at their corners at least. */
interface Group {
  readonly score: number;
  /** Columns and rows from the first to the last. */
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Numbers each group's cells from 1 on; 0: below the level. */
function groupCells(scores: Float32Array, { width, height }: Size, level: number) {
  const labels = new Int32Array(scores.length);
  const groups: Group[] = [];
  for (let start = 0; start < scores.length; start++) {
    if (labels[start] !== 0 || !(scores[start]! >= level)) continue;
    const label = groups.length + 1;
    let [score, left, top, right, bottom] = [0, width, height, 0, 0];
    const waiting = [start];
    labels[start] = label;
    for (let cell = waiting.pop(); cell !== undefined; cell = waiting.pop()) {
      const column = cell % width;
      const row = (cell - column) / width;
      score = Math.max(score, scores[cell]!);
      left = Math.min(left, column);
      right = Math.max(right, column);
      top = Math.min(top, row);
      bottom = Math.max(bottom, row);
      for (let y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++) {
        for (let x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) {
          const other = y * width + x;
          if (labels[other] !== 0 || !(scores[other]! >= level)) continue;
          labels[other] = label;
          waiting.push(other);
        }
      }
    }
    groups.push({ score, left, top, right, bottom });
  }
  return { labels, groups };
}

/**
 * A group with the cells around it, its level moved to that of masks. Cells of other groups are left out, which changes nothing of this one: no four
 * neighbours, between which the field is interpolated, hold cells of two groups.
 */
function gridAround(
  { left, top, right, bottom }: Group,
  {
    map,
    scores,
    labels,
    label,
    level,
  }: { map: ScoreMap; scores: Float32Array; labels: Int32Array; label: number; level: number },
): BoxGrid {
  const { x, y, step, width, height } = map;
  const columns = right - left + 3;
  const rows = bottom - top + 3;
  const data = new Float32Array(columns * rows);
  for (let j = 0; j < rows; j++) {
    // Beyond the map, the field goes on as it ends.
    const row = Math.min(height - 1, Math.max(0, top - 1 + j));
    for (let i = 0; i < columns; i++) {
      const cell = row * width + Math.min(width - 1, Math.max(0, left - 1 + i));
      const isOther = labels[cell] !== 0 && labels[cell] !== label;
      data[j * columns + i] = isOther ? 0 : MASK_LEVEL + (scores[cell]! - level);
    }
  }
  const box = [x + (left - 1) * step, y + (top - 1) * step, columns * step, rows * step] as const;
  return { box, size: columns, rows, data };
}
