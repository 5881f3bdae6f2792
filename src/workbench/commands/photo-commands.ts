import { SCORE_FLOOR, type Detection, type Threshold } from '../../core/types.js';
import type { PhotoEntry } from '../batch/photo-batch.js';
import type { Command } from './keys.js';
import type { View } from '../state.js';

export const VIEWS: readonly View[] = ['side-by-side', 'overlay', 'original'];
const THRESHOLD_STEP = 0.05;

/** What shows the photo, as far as commands move it. */
export interface ViewerPort {
  zoomIn(): void;
  zoomOut(): void;
  /** Shows all of the photo. */
  fit(): void;
  /** One pixel of the photo on one pixel of the screen. */
  actualSize(): void;
  zoomTo(detection: number): void;
  toggleBoxes(): void;
  toggleLabels(): void;
}

/** What commands look at. */
export interface Workbench {
  /** The visible detections in the order of the table. */
  readonly sorted: readonly Detection[];
  readonly entries: readonly PhotoEntry[];
  readonly currentId: number | undefined;
  readonly selectedId: number | undefined;
  readonly threshold: Threshold;
  readonly view: View;
}

/** What commands change. */
export interface Change {
  readonly currentId?: number;
  readonly selectedId?: number | undefined;
  readonly threshold?: Threshold;
  readonly view?: View;
  readonly areMasksHidden?: boolean;
}

const NOTHING: Change = {};

/** Does to the viewer what a key asks for, and says what else is to change. */
export function runOnPhoto(
  command: Exclude<Command, 'help' | 'choose' | 'evaluate'>,
  bench: Workbench,
  viewer: ViewerPort,
): Change {
  const { selectedId, view } = bench;
  switch (command) {
    case 'next-defect':
      return walkDefects(bench, 1);
    case 'previous-defect':
      return walkDefects(bench, -1);
    case 'next-photo':
      return walkPhotos(bench, 1);
    case 'previous-photo':
      return walkPhotos(bench, -1);
    case 'next-view':
      return { view: VIEWS[(VIEWS.indexOf(view) + 1) % VIEWS.length]! };
    case 'hide':
      return { areMasksHidden: true };
    case 'lower':
      return stepThreshold(bench, -THRESHOLD_STEP);
    case 'raise':
      return stepThreshold(bench, THRESHOLD_STEP);
    case 'auto':
      return { threshold: 'auto' };
    case 'deselect':
      return { selectedId: undefined };
    case 'zoom-to-defect':
      if (selectedId !== undefined) viewer.zoomTo(selectedId);
      return NOTHING;
    case 'zoom-in':
      viewer.zoomIn();
      return NOTHING;
    case 'zoom-out':
      viewer.zoomOut();
      return NOTHING;
    case 'fit':
      viewer.fit();
      return NOTHING;
    case 'true-size':
      viewer.actualSize();
      return NOTHING;
    case 'boxes':
      viewer.toggleBoxes();
      return NOTHING;
    case 'labels':
      viewer.toggleLabels();
      return NOTHING;
  }
}

/** In the table's order, around its end. */
function walkDefects({ sorted, selectedId }: Workbench, by: 1 | -1): Change {
  if (sorted.length === 0) return NOTHING;
  const at = sorted.findIndex(({ id }) => id === selectedId);
  const next = at < 0 ? (by > 0 ? 0 : sorted.length - 1) : (at + by + sorted.length) % sorted.length;
  return { selectedId: sorted[next]!.id };
}

function walkPhotos({ entries, currentId }: Workbench, by: 1 | -1): Change {
  const at = entries.findIndex(({ id }) => id === currentId);
  const next = entries[at + by];
  return next ? { currentId: next.id } : NOTHING;
}

function stepThreshold({ threshold }: Workbench, by: number): Change {
  const from = threshold === 'auto' ? 0.5 : threshold;
  return { threshold: Math.min(1, Math.max(SCORE_FLOOR, Math.round((from + by) * 100) / 100)) };
}
