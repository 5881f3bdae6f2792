/** What of found regions lies on marks. */
import { agreement, partsOf } from '../evaluation/finds.js';
import { RegionColumns, uniteRegions } from '../regions/region-sets.js';
import type { ScoreMap } from '../regions/score-map.js';
import type { Size } from '../rect.js';
import type { Region } from '../types.js';
import { marksOf, type LessonClass, type LessonPhoto } from './lesson.js';
import type { CountedPhoto } from './thresholds.js';

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

/** A photo's marks, made ready for comparing. */
export interface Truth {
  readonly isMarked: boolean;
  /** Square photo pixels. */
  readonly area: number;
  readonly parts: readonly RegionColumns[];
  /** Per class; undefined where nothing is marked as it. */
  readonly classes: readonly (RegionColumns | undefined)[];
}

export function truthOf(photo: LessonPhoto, classes: readonly LessonClass[]): Truth {
  const regions = photo.marks.map(({ region }) => region);
  const parts = regions.length > 0 ? partsOf(uniteRegions(regions)) : [];
  return {
    isMarked: photo.marks.length > 0,
    area: parts.reduce((sum, { area }) => sum + area, 0),
    parts,
    classes: classes.map(({ id }) => {
      const own = marksOf(photo, id).map(({ region }) => region);
      return own.length > 0 ? new RegionColumns(uniteRegions(own)) : undefined;
    }),
  };
}

/** What was found on a photo that was left out, in full. */
export interface LeftOut extends CountedPhoto {
  readonly regions: readonly (CountedPhoto['regions'][number] & {
    /** Does it touch a mark of the class that it is said to be of? */
    readonly isNamed: boolean;
  })[];
  /** Square photo pixels that regions and marks have in common, and that either of them has. */
  readonly shared: number;
  readonly united: number;
}

/** How the regions found in a photo agree with its marks. */
export function judge(found: readonly FoundRegion[], truth: Truth): LeftOut {
  let [shared, area] = [0, 0];
  const regions = found.map(({ score, plane, region }) => {
    const own = new RegionColumns(region);
    const { shared: common, isFind } = agreement(own, truth.parts);
    shared += common;
    area += own.area;
    const isNamed = (truth.classes[plane]?.sharedArea(own) ?? 0) > 0;
    return { score, isOnMark: common > 0, isFind, isNamed };
  });
  return { isMarked: truth.isMarked, regions, shared, united: area + truth.area - shared };
}
