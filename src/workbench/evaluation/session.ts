import { mapClasses, type ClassMapping, type MappedClass } from '../../core/evaluation/class-mapping.js';
import type { CocoAnnotation } from '../../core/evaluation/coco.js';
import { ANY_CLASS, OTHER_CLASS, type ComparedImage } from '../../core/evaluation/compared-image.js';
import {
  compareFalseAlarms,
  compareTruths,
  type Change,
  type FalseAlarmChanges,
  type TruthChanges,
} from '../../core/evaluation/comparison.js';
import { bestByCost, bestByF1 } from '../../core/evaluation/curve.js';
import {
  ANY_DEFECT,
  applyThresholds,
  measurePrecision,
  viewed,
  type EvaluatedClass,
  type Outcome,
  type Precision,
  type ThresholdOf,
} from '../../core/evaluation/figures.js';
import { comparePhoto, detectionRle } from '../../core/evaluation/photo.js';
import type { ReportInput } from '../../core/evaluation/report.js';
import type { ModelInfo } from '../../core/types.js';
import { toSegmentation } from '../../datasets/outline.js';
import type { Dataset } from '../../datasets/types.js';
import type { Detector } from '../../detector/types.js';
import { PhotoRun, type RunPhoto } from './photo-run.js';
import { inSlices } from './slices.js';

/** By what a class's threshold is chosen: as the inspector has it, by the best F1, or by the lowest cost. */
export type ThresholdRule = 'in-use' | 'f1' | 'cost';

export interface Settings {
  readonly rule: ThresholdRule;
  /** What a missed defect costs, in false alarms. */
  readonly costRatio: number;
  /** Whether classes don't matter. */
  readonly isAnyDefect: boolean;
}

/** A model's figures, ready to be shown. */
export interface Evaluated {
  readonly model: ModelInfo;
  /** In the order of `images`. */
  readonly photos: readonly RunPhoto[];
  /** As the figures see them: by class, or of any defect. */
  readonly images: readonly ComparedImage[];
  readonly classes: readonly EvaluatedClass[];
  readonly precision: Precision;
  readonly outcome: Outcome;
  /** NaN for all classes together where they have several. */
  readonly thresholdOf: ThresholdOf;
  /** What the rule proposes, by class id; of the classes about which the photos say something. */
  readonly proposals: ReadonlyMap<number, number>;
}

export interface Compared {
  readonly truths: TruthChanges;
  readonly falseAlarms: FalseAlarmChanges;
}

export interface SessionOptions {
  /** The score from which on the inspector shows a class of that model. */
  readonly inUse: (model: ModelInfo) => ThresholdOf;
  /** After anything changed. */
  readonly onChange: () => void;
}

/** One model's part of the session. */
interface Track {
  readonly run: PhotoRun;
  mapping: ClassMapping | undefined;
  /** Comparing is costly: kept until the mapping changes. */
  compared: Map<RunPhoto, ComparedImage>;
  /** Costly, too; of these images, by class or of any defect. */
  precision:
    { readonly of: Dataset['images']; readonly isAnyDefect: boolean; readonly value: Precision } | undefined;
}

/** A dataset, the models run on it, and the figures that follow from both and from the settings. */
export class EvaluationSession {
  settings: Settings = { rule: 'in-use', costRatio: 10, isAnyDefect: false };
  /** One per model that has results; of the photos that all of them have. */
  evaluated: readonly Evaluated[] = [];
  compared: Compared | undefined;
  /** Whether figures are being worked out. */
  isWorking = false;
  private tracks: Track[] = [];
  private working: AbortController | undefined;

  constructor(
    readonly dataset: Dataset,
    private readonly owner: SessionOptions,
  ) {}

  /** The first model's run, then the second one's. */
  get runs(): readonly PhotoRun[] {
    return this.tracks.map(({ run }) => run);
  }

  get isRunning(): boolean {
    return this.runs.some(({ state }) => state === 'loading' || state === 'running');
  }

  /** Of the model at that place; empty until its classes are known. */
  mappingOf(place: number): ClassMapping {
    return this.tracks[place]?.mapping ?? new Map();
  }

  /**
   * Runs a model over all photos. The second one is compared with the first; another second one replaces it.
   *
   * @param isOwn whether the detector is to be disposed of afterwards.
   */
  async run(open: (signal: AbortSignal) => Promise<Detector>, place: 0 | 1, isOwn: boolean): Promise<void> {
    for (const { run } of this.tracks.slice(place)) run.cancel();
    const run = new PhotoRun(this.dataset.images, open, isOwn, () => {
      if (run.model && !track.mapping) this.mapByName(track, run.model);
      this.owner.onChange();
    });
    const track: Track = { run, mapping: undefined, compared: new Map(), precision: undefined };
    this.tracks = [...this.tracks.slice(0, place), track];
    await run.start();
    await this.refresh();
  }

  removeSecond(): void {
    this.runs[1]?.cancel();
    this.tracks = this.tracks.slice(0, 1);
    void this.refresh();
  }

  cancel(): void {
    for (const run of this.runs) run.cancel();
  }

  map(place: number, name: string, to: MappedClass): void {
    const track = this.tracks[place];
    if (!track?.mapping) return;
    track.mapping = new Map([...track.mapping, [name, to]]);
    track.compared = new Map();
    track.precision = undefined;
    void this.refresh();
  }

  change(settings: Partial<Settings>): void {
    this.settings = { ...this.settings, ...settings };
    void this.refresh();
  }

  /** Works the figures out again; what was being worked out is dropped. */
  async refresh(): Promise<void> {
    this.working?.abort();
    const abort = new AbortController();
    this.working = abort;
    this.isWorking = true;
    this.owner.onChange();
    try {
      await this.evaluate(abort.signal);
    } catch (error) {
      if (!abort.signal.aborted) throw error;
      return;
    } finally {
      if (this.working === abort) {
        this.isWorking = false;
        this.owner.onChange();
      }
    }
  }

  /** What a report is made of. */
  report(now: Date = new Date()): ReportInput {
    const { name, format, images, problems } = this.dataset;
    const { costRatio, isAnyDefect } = this.settings;
    const [first] = this.evaluated;
    const nameOf = (to: MappedClass) => {
      if (to === 'left-out') return null;
      return first?.model.classes.find(({ id }) => id === to)?.name ?? ANY_DEFECT.name;
    };
    return {
      dataset: {
        name,
        format,
        images: images.length,
        evaluated: first?.photos.length ?? 0,
        problems: [
          ...problems.map(({ message, count }) => ({ message, count })),
          ...this.runs.flatMap(({ failures }) => failures.map(({ message }) => ({ message, count: 1 }))),
        ],
      },
      mapping: Object.fromEntries(Array.from(this.mappingOf(0), ([from, to]) => [from, nameOf(to)])),
      isAnyDefect,
      costRatio,
      date: now.toISOString(),
      runs: this.evaluated.map(({ photos, ...rest }) => ({ ...rest, times: timesOf(photos) })),
    };
  }

  private async evaluate(signal: AbortSignal): Promise<void> {
    const tracks = this.tracks.filter(({ run }) => run.model && run.photos.length > 0);
    for (const track of tracks) await this.compare(track, signal);
    const sets = tracks.map(({ compared }) => new Set(Array.from(compared.keys(), ({ image }) => image)));
    const common = this.dataset.images.filter((image) => sets.every((set) => set.has(image)));
    const evaluated: Evaluated[] = [];
    for (const track of tracks) evaluated.push(await this.measure(track, common, signal));
    const [first, second] = evaluated;
    const compared = first && second && (await compareModels(first, second, signal));
    signal.throwIfAborted();
    this.evaluated = evaluated;
    this.compared = compared;
  }

  private mapByName(track: Track, { classes }: ModelInfo): void {
    track.mapping = mapClasses(this.dataset.classes, classes);
    const knowsNone = [...track.mapping.values()].every((to) => typeof to !== 'number');
    if (knowsNone && track.mapping.size > 0) this.settings = { ...this.settings, isAnyDefect: true };
  }

  private async compare(track: Track, signal: AbortSignal): Promise<void> {
    const mapping = track.mapping!;
    const { compared, run } = track;
    for (const photo of [...run.photos]) {
      if (compared.has(photo)) continue;
      try {
        compared.set(
          photo,
          await inSlices(comparePhoto(photo, annotationsOf(photo, mapping), photo.detections), signal),
        );
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        run.reject(photo, 'Its outlines don’t fit the photo.');
      }
    }
  }

  private async measure(track: Track, common: Dataset['images'], signal: AbortSignal): Promise<Evaluated> {
    const { rule, costRatio, isAnyDefect } = this.settings;
    const model = track.run.model!;
    const byImage = new Map(track.run.photos.map((photo) => [photo.image, photo]));
    const photos = common.map((image) => byImage.get(image)!);
    const images = photos.map((photo) => track.compared.get(photo)!);
    const views = viewed(images, isAnyDefect);
    const classes = isAnyDefect ? [ANY_DEFECT] : model.classes;
    if (track.precision?.isAnyDefect !== isAnyDefect || !isSame(track.precision.of, common)) {
      const value = await inSlices(measurePrecision(views, classes), signal);
      track.precision = { of: common, isAnyDefect, value };
    }
    const precision = track.precision.value;
    const inUse = this.owner.inUse(model);
    const best = new Map<number, number>();
    if (rule !== 'in-use') {
      for (const { id, curve } of precision.classes) {
        const proposal = rule === 'f1' ? bestByF1(curve) : bestByCost(curve, costRatio);
        if (proposal) best.set(id, proposal.threshold);
      }
    }
    const any = best.get(ANY_CLASS);
    const proposals = any === undefined ? best : new Map(model.classes.map(({ id }) => [id, any] as const));
    const perClass: ThresholdOf = (id) => proposals.get(id) ?? inUse(id);
    const outcome = await inSlices(applyThresholds(images, classes, perClass, isAnyDefect), signal);
    const all = new Set(model.classes.map(({ id }) => perClass(id)));
    const thresholdOf: ThresholdOf = (id) =>
      id === ANY_CLASS ? (all.size === 1 ? [...all][0]! : NaN) : perClass(id);
    return { model, photos, images: views, classes, precision, outcome, thresholdOf, proposals };
  }
}

const isSame = (a: Dataset['images'], b: Dataset['images']): boolean =>
  a.length === b.length && a.every((image, i) => image === b[i]);

/** The first photo pays for what the runtime sets up once. */
export const timesOf = (photos: readonly RunPhoto[]): readonly number[] =>
  photos.slice(photos.length > 1 ? 1 : 0).map(({ time }) => time);

/** The photo's truths in the model's classes; what is left out excuses whatever is found there. */
export function annotationsOf(
  { image, width, height }: Pick<RunPhoto, 'image' | 'width' | 'height'>,
  mapping: ClassMapping,
): CocoAnnotation[] {
  return image.truths.map(({ className, outline, isCrowd }) => {
    const to = mapping.get(className);
    return {
      image_id: 0,
      category_id: to === 'left-out' ? ANY_CLASS : typeof to === 'number' ? to : OTHER_CLASS,
      iscrowd: isCrowd || to === 'left-out',
      segmentation: toSegmentation(outline, width, height),
    };
  });
}

async function compareModels(first: Evaluated, second: Evaluated, signal: AbortSignal): Promise<Compared> {
  const truths = compareTruths(
    { images: first.images, judgements: first.outcome.judgements },
    { images: second.images, judgements: second.outcome.judgements },
  );
  const lists = { gone: [] as Change[], added: [] as Change[], kept: [] as Change[] };
  await inSlices(
    (function* () {
      for (const image of first.images.keys()) {
        const changes = compareFalseAlarms(
          image,
          falseAlarmMasks(first, image),
          falseAlarmMasks(second, image),
        );
        for (const key of ['gone', 'added', 'kept'] as const) lists[key].push(...changes[key]);
        yield;
      }
    })(),
    signal,
  );
  return { truths, falseAlarms: lists };
}

function falseAlarmMasks({ photos, outcome }: Evaluated, image: number) {
  const { width, height, detections: kept } = photos[image]!;
  const detections = outcome.judgements[image]!.detections.flatMap(({ outcome: what }, i) =>
    what === 'false-alarm' ? i : [],
  );
  return { detections, masks: detections.map((i) => detectionRle(kept[i]!, width, height)) };
}
