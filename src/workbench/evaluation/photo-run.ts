import { InspectorError } from '../../core/errors.js';
import type { KeptDetection } from '../../core/evaluation/photo.js';
import type { Inspection, ModelInfo } from '../../core/types.js';
import type { DatasetImage } from '../../datasets/types.js';
import type { Detector } from '../../detector/types.js';

/** A photo and what the model found on it. */
export interface RunPhoto {
  readonly image: DatasetImage;
  readonly width: number;
  readonly height: number;
  /** By falling score. */
  readonly detections: readonly KeptDetection[];
  /** Milliseconds from file to detections. */
  readonly time: number;
}

export interface RunFailure {
  readonly path: string;
  readonly message: string;
}

export type RunState = 'loading' | 'running' | 'done' | 'cancelled' | 'failed';

/**
 * Runs a dataset's photos through a detector, one after the other. What is done stays when it is cancelled; a photo
 * that fails is listed and doesn't stop the others.
 */
export class PhotoRun {
  state: RunState = 'loading';
  model: ModelInfo | undefined;
  runtime: Inspection['runtime'] | undefined;
  readonly photos: RunPhoto[] = [];
  readonly failures: RunFailure[] = [];
  /** Why there is no model, when failed. */
  error: InspectorError | undefined;
  private readonly abort = new AbortController();
  private started = 0;

  /**
   * @param open gives the detector; it is disposed of afterwards where it is the run's own.
   * @param onChange after anything changed.
   */
  constructor(
    readonly images: readonly DatasetImage[],
    private readonly open: (signal: AbortSignal) => Promise<Detector>,
    private readonly isOwn: boolean,
    private readonly onChange: () => void,
  ) {}

  get done(): number {
    return this.photos.length + this.failures.length;
  }

  /** Milliseconds that the rest will take, once that can be told. */
  get remaining(): number | undefined {
    // The first photo pays for what the runtime sets up once.
    if (this.state !== 'running' || this.done < 2) return undefined;
    return ((performance.now() - this.started) / (this.done - 1)) * (this.images.length - this.done);
  }

  cancel(): void {
    if (this.state !== 'loading' && this.state !== 'running') return;
    this.state = 'cancelled';
    this.abort.abort();
    this.onChange();
  }

  /** A photo that turns out not to be comparable is a failure instead. */
  reject(photo: RunPhoto, message: string): void {
    this.photos.splice(this.photos.indexOf(photo), 1);
    this.failures.push({ path: photo.image.file.path, message });
  }

  async start(): Promise<void> {
    const { signal } = this.abort;
    let detector: Detector;
    try {
      detector = await this.open(signal);
    } catch (cause) {
      if (this.state !== 'loading') return;
      this.error =
        cause instanceof InspectorError
          ? cause
          : new InspectorError('worker-crashed', 'The model could not be started. Try again.', { cause });
      this.state = 'failed';
      this.onChange();
      return;
    }
    this.model = detector.model;
    try {
      if (this.state === 'loading') this.state = 'running';
      this.onChange();
      for (const image of this.images) {
        if (this.state !== 'running') break;
        await this.inspect(image, detector, signal);
        if (this.done === 1) this.started = performance.now();
        this.runtime = detector.runtime;
        this.onChange();
      }
    } finally {
      if (this.isOwn) detector.dispose();
    }
    if (this.state === 'running') this.state = 'done';
    this.onChange();
  }

  private async inspect(image: DatasetImage, detector: Detector, signal: AbortSignal): Promise<void> {
    const { path } = image.file;
    try {
      const blob = await image.file.blob();
      const inspection = await detector.inspect(blob, { name: path, signal });
      if (signal.aborted) return;
      const { width, height } = inspection.image;
      const { size } = image;
      if (size && (size.width !== width || size.height !== height)) {
        this.failures.push({
          path,
          message: `The photo has ${width} × ${height} px, its annotations are for ${size.width} × ${size.height}.`,
        });
        return;
      }
      const detections = inspection.detections.map(({ classId, score, box, mask, contours }) => ({
        classId,
        score,
        box,
        mask,
        contours,
      }));
      this.photos.push({ image, width, height, detections, time: inspection.timing.total });
    } catch (error) {
      if (signal.aborted) return;
      const message = error instanceof InspectorError ? error.message : 'The file can’t be read.';
      this.failures.push({ path, message });
    }
  }
}
