import type { InspectorError } from '../../core/errors.js';
import { isInPart } from '../../core/in-part.js';
import type { Box, Inspection } from '../../core/types.js';
import type { Look } from '../../detector/look.js';
import type { Detector, ImageInput, InspectOptions } from '../../detector/types.js';
import { text } from '../../messages/text.js';
import { photoName } from '../intake/photo-name.js';
import { saysMore } from '../results/says-more.js';
import { isSeenAs, noteAsked } from '../results/seen-as.js';
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

/** Of a photo that is seen in several views. */
export interface UnderWay {
  /** Views. */
  readonly seen: number;
  readonly planned: number;
  /** That are being looked at, in photo pixels. */
  readonly tiles: readonly Box[];
}

export interface PhotoBatchOptions {
  /** How a photo is looked at, by its id. */
  readonly lookOf?: (id: number) => Look;
  /** Whether maps of scores are wanted, too, of a model that gives some. */
  readonly wantsMap?: () => boolean;
  /** The photo that goes before the others, by its id, if one does. */
  readonly first?: () => number | undefined;
  /** How far a photo has come that is seen in several views. */
  readonly onUnderWay?: (id: number, stage: UnderWay) => void;
  /** Milliseconds. */
  readonly now?: () => number;
}

/** What is said of a photo under way, as one. */
function listen(
  signal: AbortSignal,
  take: (stage: UnderWay) => void,
): Pick<InspectOptions, 'onProgress' | 'onTiles'> {
  let stage: UnderWay = { seen: 0, planned: 0, tiles: [] };
  const change = (part: Partial<UnderWay>) => {
    stage = { ...stage, ...part };
    if (!signal.aborted) take(stage);
  };
  return {
    onProgress: (progress) => {
      if (progress.phase === 'inspecting') change({ seen: progress.done, planned: progress.total });
    },
    onTiles: (tiles) => change({ tiles }),
  };
}

/**
 * Photos to be inspected. The detector is asked for when there is something to do and again for every photo, so that its
 * owner can replace it in between.
 */
export class PhotoBatch extends Batch<ImageInput, Inspection, Detector> {
  constructor(
    detectors: DetectorSource,
    { lookOf, wantsMap, first, onUnderWay, now }: PhotoBatchOptions = {},
  ) {
    const work: Work<ImageInput, Inspection, Detector> = {
      nameOf: (input, id) => photoName(input) ?? text.photos.unnamed({ number: id }),
      lanes: (detector) => detector?.workers ?? 1,
      prepare: () => detectors.get(),
      first,
      run: async (input, { id, name, signal, tool, former, report }) => {
        const look = lookOf?.(id) ?? { detail: 'auto' };
        // Who asks the same model for the same again wants to see it work; of what was seen in part, the rest.
        const again = former !== undefined && isSeenAs(former, tool, look) && !isInPart(former);
        const listening = onUnderWay && listen(signal, (stage) => onUnderWay(id, stage));
        const inspection = await tool.inspect(input, {
          ...look,
          ...listening,
          ...(wantsMap?.() && { map: true }),
          ...{ name, signal, again, onPartial: report },
        });
        noteAsked(inspection, look);
        return inspection;
      },
      failed: (error, detector) => (detectors.replaceAfter?.(error, detector) ? 'retry' : 'give-up'),
      saysMore,
    };
    super(work, now);
  }
}
