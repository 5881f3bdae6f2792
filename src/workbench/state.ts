/** What a person works on, as views show it and commands change it. */
import type { InspectorError } from '../core/errors.js';
import type { CsvStyle } from '../core/export/csv-row.js';
import type { OwnThresholds } from '../core/recipe/recipe.js';
import type { Detection, Threshold } from '../core/types.js';
import type { Look } from '../detector/look.js';
import type { Announcement, NotUnderstood } from '../messages/text.js';
import type { BatchTotals } from './batch/entries.js';
import type { PhotoEntry, UnderWay } from './batch/photo-batch.js';
import { NO_EVALUATION, type EvaluationState } from './evaluation/state.js';
import type { Edit, Offer } from './history.js';
import type { LookingState } from './intake/looking.js';
import type { LibraryView } from './models/model-library.js';
import type { KeptLesson, TeachingState } from './lessons/state.js';
import type { WalkState } from './lessons/walk-steps.js';
import type { ModelState } from './models/model-state.js';
import type { PhotoOrder } from './results/ranking.js';
import { DEFAULT_ORDER, type Order } from './results/sorting.js';
import type { Theme } from './settings/theme.js';
import type { UsageView } from './usage/usage-store.js';

export type View = 'side-by-side' | 'overlay' | 'wipe' | 'original';
export type ExportScope = 'photo' | 'all';
export type Dialog = 'keys' | 'models' | 'evaluation' | 'usage';

export type Drawing = 'area' | 'smallest';

export const VIEWS: readonly View[] = ['side-by-side', 'overlay', 'wipe', 'original'];
export const EXPORT_SCOPES: readonly ExportScope[] = ['photo', 'all'];

/** How defects are drawn. */
export interface Display {
  /** Of the masks' filling, 0..1. */
  readonly opacity: number;
  readonly boxes: boolean;
  readonly labels: boolean;
}

export const DEFAULT_DISPLAY: Display = { opacity: 0.2, boxes: false, labels: true };

/** Always the same, so that views needn't update. */
export const NONE_CHOSEN: readonly number[] = [];

export interface WorkbenchState {
  /** In the order of arrival. */
  readonly photos: readonly PhotoEntry[];
  /** How many of them are in which state. */
  readonly totals: BatchTotals;
  /** Milliseconds until all are done, as far as that is known. */
  readonly timeLeft: number | undefined;
  readonly isPaused: boolean;
  /** How far those have come that are seen in several views, by their ids. */
  readonly underWay: ReadonlyMap<number, UnderWay>;
  /** The photo that is shown. */
  readonly currentId: number | undefined;
  /** Of the defects on it, as they were when somebody pointed at them; `derived` tells which ones of the present result that is. */
  readonly selected: Detection | undefined;
  readonly hovered: Detection | undefined;

  /** How photos are looked at from now on. */
  readonly look: Omit<Look, 'area'>;
  /** What is otherwise for single photos, by their ids. */
  readonly looks: ReadonlyMap<number, Partial<Look>>;

  /** What the rectangle is for that somebody is about to draw on the photo, if so: an area to inspect, or the smallest defect. */
  readonly drawing: Drawing | undefined;

  readonly threshold: Threshold;
  readonly ownThresholds: OwnThresholds;
  readonly hiddenClasses: ReadonlySet<number>;
  readonly order: Order;

  /** Undefined until somebody chooses one. */
  readonly chosenView: View | undefined;
  /** Whether there is room for one picture only. */
  readonly isNarrow: boolean;
  /** Undefined: nobody has asked for one. */
  readonly theme: Theme | undefined;
  readonly display: Display;
  /** Whether the next photo is shown where this one lies, instead of whole. */
  readonly isViewKept: boolean;
  /** How exported tables are written; undefined until one is chosen. */
  readonly chosenCsvStyle: CsvStyle | undefined;
  /** While a key or a button is held. */
  readonly areMasksHidden: boolean;

  /** Undefined while nobody teaches. */
  readonly teaching: TeachingState | undefined;
  /** The lessons on this device, the latest first; undefined until they are read. */
  readonly keptLessons: readonly KeptLesson[] | undefined;
  /** While somebody is led through a lesson on sample photos. */
  readonly walk: WalkState | undefined;
  /** Photos of the list that were chosen together, in the order in which they were; none, or several. */
  readonly chosen: readonly number[];
  /** Ids, the worst first: made when all photos have been inspected by what was learnt. */
  readonly ranking: readonly number[] | undefined;
  /** In which order they are listed where there is a ranking. */
  readonly photoOrder: PhotoOrder;

  readonly model: ModelState;
  readonly library: LibraryView;

  /** Whether single letters and signs are keys before somebody has chosen. */
  readonly offersLetterKeys: boolean;
  /** Whether they are; undefined until somebody chooses. */
  readonly chosenLetterKeys: boolean | undefined;
  readonly evaluation: EvaluationState;
  /** Of which results of an evaluation there is a report in a file. */
  readonly reported: { readonly dataset: object | undefined; readonly found: number };

  /** What was counted on this device. */
  readonly usage: UsageView;

  readonly dialog: Dialog | undefined;
  /** While somebody looks through what was dropped, and it takes long. */
  readonly looking: LookingState | undefined;
  /** What the notices that were closed are about. */
  readonly dismissed: ReadonlySet<object>;
  /** What has just been removed and can be brought back. */
  readonly removal: Edit | undefined;
  /** The way back to a lesson that was left without being saved, until another one is, or somebody closes the notice. */
  readonly left: Offer | undefined;
  /** Why what was asked for last came to nothing: a drop without a photo, a setting that could not be kept. The latest one is the last. */
  readonly troubles: readonly InspectorError[];
  /** One for each setting that was not understood. */
  readonly misread: readonly NotUnderstood[];
  /** Why what earlier visits have kept is not in use, if so. */
  readonly unread: InspectorError | undefined;
  /** Read out to those who can't see what has changed. */
  readonly announcement: Announcement | undefined;
}

/** Before anything has happened. */
export const initialState = (model: ModelState, library: LibraryView): WorkbenchState => ({
  photos: [],
  totals: { total: 0, waiting: 0, running: 0, done: 0, failed: 0, cancelled: 0 },
  timeLeft: undefined,
  isPaused: false,
  underWay: new Map(),
  currentId: undefined,
  selected: undefined,
  hovered: undefined,
  look: { detail: 'auto' },
  looks: new Map(),
  drawing: undefined,
  threshold: 'auto',
  ownThresholds: {},
  hiddenClasses: new Set(),
  order: DEFAULT_ORDER,
  chosenView: undefined,
  isNarrow: false,
  theme: undefined,
  display: DEFAULT_DISPLAY,
  isViewKept: false,
  chosenCsvStyle: undefined,
  areMasksHidden: false,
  teaching: undefined,
  keptLessons: undefined,
  walk: undefined,
  chosen: NONE_CHOSEN,
  ranking: undefined,
  photoOrder: 'worst',
  model,
  library,
  offersLetterKeys: false,
  chosenLetterKeys: undefined,
  evaluation: NO_EVALUATION,
  reported: { dataset: undefined, found: 0 },
  usage: { usage: { days: [] } },
  dialog: undefined,
  looking: undefined,
  dismissed: new Set(),
  removal: undefined,
  left: undefined,
  troubles: [],
  misread: [],
  unread: undefined,
  announcement: undefined,
});
