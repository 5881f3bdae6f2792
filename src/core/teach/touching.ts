/** What of found regions lies on marks. */
import { RegionColumns } from '../regions/region-sets.js';
import type { Size } from '../rect.js';
import type { Region } from '../types.js';
import type { LessonPhoto } from './lesson.js';
import type { ScoreMap } from '../regions/score-map.js';
import type { LeftOut } from './thresholds.js';

/** A region of a photo. */
export interface FoundRegion {
  /** Index of the map's plane. */
  readonly plane: number;
  /** 0..1, the highest within it. */
  readonly score: number;
  readonly region: Region;
}

/** The regions that inspecting makes of the maps of a photo's views: of cells that score at least a half. */
export type FindRegions = (maps: readonly ScoreMap[], photo: Size) => readonly FoundRegion[];

/** Which of the regions found in a photo lie on its marks, in part at least. */
export function judge(regions: readonly FoundRegion[], { marks }: LessonPhoto): LeftOut {
  const columns = marks.map((mark) => new RegionColumns(mark.region));
  return {
    isMarked: marks.length > 0,
    regions: regions.map(({ score, region }) => {
      const own = new RegionColumns(region);
      return { score, isOnMark: columns.some((mark) => own.sharedArea(mark) > 0) };
    }),
  };
}
