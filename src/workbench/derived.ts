import type { CsvStyle } from '../core/export/csv-row.js';
import { isInPart } from '../core/in-part.js';
import { assess, type Assessment } from '../core/recipe/assess.js';
import type { ClassThresholds, OwnThresholds, Recipe } from '../core/recipe/recipe.js';
import { scoreHistogram, type ScoreHistogram } from '../core/recipe/score-histogram.js';
import { thresholdsOf } from '../core/recipe/threshold.js';
import { NO_REVIEW, type Review } from '../core/review/review.js';
import { sameDefect } from '../core/same-defect.js';
import type { Detection, Inspection, ModelClass, ModelInfo, Threshold } from '../core/types.js';
import type { Look } from '../detector/look.js';
import type { Detector, ImageInput } from '../detector/types.js';
import type { Headline } from '../messages/text.js';
import { isSettled } from './batch/entries.js';
import type { PhotoEntry, UnderWay } from './batch/photo-batch.js';
import { usualCsvStyle } from './exports/csv-file.js';
import { runTime, type RunTime } from './evaluation/run-detail.js';
import type { ExportOptions } from './exports/export-file.js';
import { chooseBanners, type Banner, type LessonNews } from './messages/banner.js';
import type { ModelState } from './models/model-state.js';
import { lookChoice, type LookChoice } from './results/look-choice.js';
import { inOrder, type PhotoOrder } from './results/ranking.js';
import { isSeenAs } from './results/seen-as.js';
import { sortDetections } from './results/sorting.js';
import type { View, WorkbenchState } from './state.js';
import { remember } from './store.js';

/** Of the language in use. */
const USUAL_STYLE = usualCsvStyle();

/** Always the same object, so that views needn't update. */
const NOTHING: readonly never[] = [];

export interface Neighbours {
  readonly previous?: PhotoEntry | undefined;
  readonly next?: PhotoEntry | undefined;
}

/** Of a photo, what there is so far, or its former result until there is something: the same everywhere. */
const shownOf = ({ partial, output }: PhotoEntry): Inspection | undefined => partial ?? output;

/** What is computed from the state. Each value stays the same object while its inputs do. */
export class Derived {
  constructor(private readonly read: () => WorkbenchState) {}

  private get state(): WorkbenchState {
    return this.read();
  }

  /** The photo that is shown. */
  get current(): PhotoEntry | undefined {
    return this.findPhoto(this.state.photos, this.state.currentId);
  }

  /** In the order in which they are listed. */
  get photos(): readonly PhotoEntry[] {
    const { photos, ranking } = this.state;
    return this.orderPhotos(photos, this.photoOrder === 'worst' ? ranking : undefined);
  }

  /** Undefined where there is but the order in which they were added. */
  get photoOrder(): PhotoOrder | undefined {
    const { teaching, ranking, photoOrder } = this.state;
    return teaching && teaching.learning.kind !== 'not-yet' && ranking ? photoOrder : undefined;
  }

  /** The photos before and after it in the list. */
  get neighbours(): Neighbours {
    return this.findNeighbours(this.photos, this.current);
  }

  /** Photos that are likely to be shown next, the likeliest first. */
  get upcoming(): readonly ImageInput[] {
    const { next, previous } = this.neighbours;
    return this.listInputs(next?.input, previous?.input);
  }

  /** Whether letters, digits and signs are keys by themselves. */
  get hasLetterKeys(): boolean {
    return this.state.chosenLetterKeys ?? this.state.offersLetterKeys;
  }

  /** `side-by-side` where there is room for two, and nobody draws on them; else `overlay`; until one is chosen. */
  get view(): View {
    const { chosenView, isNarrow, teaching } = this.state;
    return chosenView ?? (isNarrow || teaching ? 'overlay' : 'side-by-side');
  }

  get recipe(): Recipe {
    return this.makeRecipe(this.state.threshold, this.state.ownThresholds);
  }

  get review(): Review {
    return NO_REVIEW;
  }

  get csvStyle(): CsvStyle {
    return this.state.chosenCsvStyle ?? USUAL_STYLE;
  }

  get exportOptions(): ExportOptions {
    const { recipe, review, csvStyle } = this;
    return { recipe, review, csvStyle };
  }

  /** Of the photo that is shown: while it is inspected, what there is so far, and its former result until there is something. */
  get inspection(): Inspection | undefined {
    return this.current && shownOf(this.current);
  }

  /** Of that. */
  get assessment(): Assessment | undefined {
    return this.assess(this.inspection, this.recipe, this.review, this.state.hiddenClasses);
  }

  /** The defects that are shown, in the order of the table. */
  get listed(): readonly Detection[] {
    return this.sort(this.assessment?.shown ?? NOTHING, this.state.order);
  }

  /** The defect that is selected, as the result that is shown has it: while tiles are seen, numbers and outlines change. */
  get selected(): Detection | undefined {
    return this.findSelected(this.state.selected, this.inspection);
  }

  /** The one that is pointed at. */
  get hovered(): Detection | undefined {
    return this.findHovered(this.state.hovered, this.inspection);
  }

  /** How many defects are reported on what is shown of each photo, by their ids. */
  get counts(): ReadonlyMap<number, number> {
    return this.countAll(this.state.photos, this.recipe, this.review);
  }

  /** The model that the photo was inspected by; the one in use, where it isn't yet. */
  get model(): ModelInfo | undefined {
    return this.inspection?.model ?? this.modelInUse;
  }

  get modelInUse(): ModelInfo | undefined {
    return this.state.model.kind === 'ready' ? this.state.model.detector.model : undefined;
  }

  get classes(): readonly ModelClass[] {
    return this.model?.classes ?? NOTHING;
  }

  /** A person's own thresholds for that model. */
  get ownThresholds(): ClassThresholds | undefined {
    return this.state.ownThresholds[this.model?.hash ?? ''];
  }

  /** The score, 0..1, from which on each of its classes is reported. */
  get thresholdOf(): (classId: number) => number {
    return this.makeThresholds(this.model, this.recipe);
  }

  /** Counts the scores on all photos that this model has inspected, by class; only where somebody looks at them. */
  get scores(): () => ScoreHistogram {
    return this.countScores(this.state.photos, this.model?.hash);
  }

  /** How many defects of each class are reported on the same photos; counted as lazily. */
  get reportedByClass(): () => ReadonlyMap<number, number> {
    return this.countByClass(this.state.photos, this.model?.hash, this.recipe, this.review);
  }

  /** Photos that another model than the one in use has inspected. */
  get outdated(): readonly PhotoEntry[] {
    return this.findOutdated(this.state.photos, this.modelInUse);
  }

  /** How the photo that is shown is looked at. */
  get look(): Look {
    const { look, looks, currentId } = this.state;
    return this.joinLook(look, currentId === undefined ? undefined : looks.get(currentId));
  }

  /** What can be chosen of that. */
  get lookChoice(): LookChoice {
    const { photos, model, looks } = this.state;
    return this.makeLookChoice(photos, this.current, detectorOf(model), this.look, looks);
  }

  /** Photos that the model in use has inspected, but in another way than it would now. */
  get seenOtherwise(): readonly PhotoEntry[] {
    const { photos, model, look, looks } = this.state;
    return this.findSeenOtherwise(photos, detectorOf(model), look, looks);
  }

  /** Their ids. */
  get otherwise(): ReadonlySet<number> {
    return this.listOtherwise(this.seenOtherwise);
  }

  /** How long an evaluation's photos would take. */
  get evaluationTime(): RunTime {
    const { model, evaluation } = this.state;
    const { photoSize, dataset } = evaluation;
    return this.makeRunTime(detectorOf(model), photoSize, dataset?.photos.length ?? 0);
  }

  /** What stands above everything else. */
  get banners(): readonly Banner[] {
    const { model, library, removal, dismissed, troubles, misread, unread, look, teaching, left, looking } =
      this.state;
    const outdated = this.outdated.length;
    const otherwise = this.seenOtherwise.length;
    return this.makeBanners(
      ...([model, library, removal, dismissed, outdated, otherwise, look] as const),
      ...([
        troubles,
        misread,
        unread,
        teaching && this.lessonNews(teaching.newer, teaching.unused),
        left,
        looking,
      ] as const),
    );
  }

  /** What becomes of the photo that is shown, in a few words. */
  get headline(): Headline {
    const { photos, model, isPaused } = this.state;
    const { current } = this;
    const steps = current && this.state.underWay.get(current.id);
    return this.makeHeadline(photos, current, model.kind, isPaused, this.recipe, this.review, steps);
  }

  private readonly findPhoto = remember((photos: readonly PhotoEntry[], current: number | undefined) =>
    photos.find(({ id }) => id === current),
  );

  private readonly orderPhotos = remember(
    (photos: readonly PhotoEntry[], ranking: readonly number[] | undefined) =>
      ranking ? inOrder(photos, ranking) : photos,
  );

  private readonly findNeighbours = remember(
    (photos: readonly PhotoEntry[], current: PhotoEntry | undefined): Neighbours => {
      const at = current ? photos.indexOf(current) : -1;
      return at < 0 ? {} : { previous: photos[at - 1], next: photos[at + 1] };
    },
  );

  private readonly listInputs = remember((...inputs: readonly (ImageInput | undefined)[]) =>
    inputs.filter((input) => input !== undefined),
  );

  private readonly countScores = remember((photos: readonly PhotoEntry[], hash: string | undefined) => {
    let counted: ScoreHistogram | undefined;
    return () => (counted ??= scoreHistogram(inspectedBy(hash, photos)));
  });

  private readonly countByClass = remember(
    (photos: readonly PhotoEntry[], hash: string | undefined, recipe: Recipe, review: Review) => {
      let sum: Map<number, number> | undefined;
      return () => {
        if (sum) return sum;
        sum = new Map();
        for (const inspection of inspectedBy(hash, photos)) {
          for (const [id, count] of countReported(inspection, recipe, review).byClass) {
            sum.set(id, (sum.get(id) ?? 0) + count);
          }
        }
        return sum;
      };
    },
  );

  private readonly makeRecipe = remember((threshold: Threshold, own: OwnThresholds): Recipe => ({
    threshold,
    own,
  }));

  private readonly assess = remember(
    (inspection: Inspection | undefined, recipe: Recipe, review: Review, hidden: ReadonlySet<number>) =>
      inspection && assess(inspection, recipe, review, hidden),
  );

  private readonly sort = remember(sortDetections);

  private readonly findSelected = remember(findDefect);
  private readonly findHovered = remember(findDefect);

  private readonly makeThresholds = remember(
    (model: ModelInfo | undefined, recipe: Recipe): ((classId: number) => number) =>
      thresholdsOf(model ?? { hash: '', classes: NOTHING }, recipe),
  );

  private readonly listOtherwise = remember(
    (photos: readonly PhotoEntry[]): ReadonlySet<number> => new Set(photos.map(({ id }) => id)),
  );

  private readonly joinLook = remember(
    (look: WorkbenchState['look'], own: Partial<Look> | undefined): Look => ({ ...look, ...own }),
  );

  private readonly makeLookChoice = remember(lookChoice);

  private readonly makeRunTime = remember(runTime);

  private readonly makeBanners = remember(chooseBanners);

  private readonly lessonNews = remember(
    (newer: LessonNews['newer'], unused: LessonNews['unused']): LessonNews => ({ newer, unused }),
  );

  private readonly countAll = remember((photos: readonly PhotoEntry[], recipe: Recipe, review: Review) => {
    const counts = new Map<number, number>();
    for (const entry of photos) {
      const inspection = shownOf(entry);
      if (inspection) counts.set(entry.id, countReported(inspection, recipe, review).all);
    }
    return counts;
  });

  private readonly findOutdated = remember((photos: readonly PhotoEntry[], model: ModelInfo | undefined) =>
    model
      ? photos.filter((entry) => isSettled(entry) && entry.output && entry.output.model.hash !== model.hash)
      : NOTHING,
  );

  private readonly findSeenOtherwise = remember(
    (
      photos: readonly PhotoEntry[],
      detector: Detector | undefined,
      look: WorkbenchState['look'],
      looks: WorkbenchState['looks'],
    ) =>
      detector
        ? photos.filter(
            (entry) =>
              isSettled(entry) &&
              entry.output?.model.hash === detector.model.hash &&
              !isSeenAs(entry.output, detector, { ...look, ...looks.get(entry.id) }),
          )
        : NOTHING,
  );

  private readonly makeHeadline = remember(
    (
      photos: readonly PhotoEntry[],
      entry: PhotoEntry | undefined,
      model: ModelState['kind'],
      isPaused: boolean,
      recipe: Recipe,
      review: Review,
      steps: UnderWay | undefined,
    ): Headline => {
      switch (entry?.state) {
        case undefined:
          return { reason: 'no-photo' };
        case 'waiting': {
          if (isPaused) return { reason: 'waiting-paused' };
          if (model === 'loading') return { reason: 'waiting-for-model' };
          const before = photos.filter((other) => !isSettled(other) && other.id < entry.id).length;
          return before > 0
            ? { reason: 'waiting-for-photos', params: { photos: before } }
            : { reason: 'waiting' };
        }
        case 'running': {
          if (!steps || steps.planned <= 1) return { reason: 'inspecting' };
          return { reason: 'inspecting-tiles', params: { tiles: steps.seen, planned: steps.planned } };
        }
        case 'failed':
          return { reason: 'not-inspected' };
        case 'cancelled':
        case 'done':
          return entry.output ? headlineOf(entry.output, recipe, review) : { reason: 'cancelled' };
      }
    },
  );
}

const findDefect = (one: Detection | undefined, inspection: Inspection | undefined) =>
  one && inspection && sameDefect(one, inspection.detections);

function headlineOf(inspection: Inspection, recipe: Recipe, review: Review): Headline {
  const defects = countReported(inspection, recipe, review).all;
  if (!isInPart(inspection)) {
    if (inspection.lacksMasks) return { reason: 'found-without-masks', params: { defects } };
    return { reason: inspection.input.area ? 'found-in-area' : 'found', params: { defects } };
  }
  const { tiles, planned } = inspection.input;
  return { reason: 'found-in-part', params: { defects, tiles, planned } };
}

const detectorOf = (model: ModelState): Detector | undefined =>
  model.kind === 'ready' ? model.detector : undefined;

const inspectedBy = (hash: string | undefined, photos: readonly PhotoEntry[]): readonly Inspection[] =>
  photos.flatMap(({ output }) => (output && output.model.hash === hash ? [output] : []));

interface ReportedCounts {
  readonly recipe: Recipe;
  readonly review: Review;
  readonly all: number;
  /** By class id. */
  readonly byClass: ReadonlyMap<number, number>;
}

const known = new WeakMap<Inspection, ReportedCounts>();

/** Of one photo. Kept, because a change to one photo doesn't change the counts of the others. */
function countReported(inspection: Inspection, recipe: Recipe, review: Review): ReportedCounts {
  const before = known.get(inspection);
  if (before?.recipe === recipe && before.review === review) return before;
  const { reported } = assess(inspection, recipe, review);
  const byClass = new Map<number, number>();
  for (const { classId } of reported) byClass.set(classId, (byClass.get(classId) ?? 0) + 1);
  const counts = { recipe, review, all: reported.length, byClass };
  known.set(inspection, counts);
  return counts;
}
