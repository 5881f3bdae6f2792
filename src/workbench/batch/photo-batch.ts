import type { InspectorError } from '../../core/errors.js';
import type { Inspection, Progress } from '../../core/types.js';
import type { Look } from '../../detector/look.js';
import type { Detector, ImageInput } from '../../detector/types.js';
import { text } from '../../messages/text.js';
import { photoName } from '../intake/photo-name.js';
import { isSeenAs } from '../results/seen-as.js';
import { Batch, type Work } from './batch.js';
import type { BatchEntry } from './entries.js';

/** A photo and what became of it. */
export type PhotoEntry = BatchEntry<ImageInput, Inspection>;

/** Where the detectors come from. */
export interface DetectorSource {
  get(): Promise<Detector>;
  /** A photo has failed: whether the next `get` gives another detector, which is to try that photo again. */
  replaceAfter?(error: InspectorError, detector: Detector): boolean;
}

/**
 * Photos to be inspected. The detector is asked for when there is something to do and again for every photo, so that its
 * owner can replace it in between.
 */
export class PhotoBatch extends Batch<ImageInput, Inspection, Detector> {
  /** @param lookOf how a photo is looked at, by its id */
  constructor(
    detectors: DetectorSource,
    lookOf: (id: number) => Look = () => ({ detail: 'auto' }),
    now?: () => number,
  ) {
    const work: Work<ImageInput, Inspection, Detector> = {
      nameOf: (input, id) => photoName(input) ?? text.photos.unnamed({ number: id }),
      lanes: (detector) => detector?.workers ?? 1,
      prepare: () => detectors.get(),
      run: (input, { id, name, signal, tool, former, report, advance }) => {
        const look = lookOf(id);
        // Who asks the same model for the same again wants to see it work.
        const again = former !== undefined && isSeenAs(former, tool, look);
        const onProgress = (progress: Progress) => {
          if (progress.phase === 'inspecting') advance(progress);
        };
        return tool.inspect(input, { ...look, name, signal, again, onPartial: report, onProgress });
      },
      failed: (error, detector) => (detectors.replaceAfter?.(error, detector) ? 'retry' : 'give-up'),
      saysMore: (partial, former) => !former || partial.input.tiles > former.input.tiles,
    };
    super(work, now);
  }
}
