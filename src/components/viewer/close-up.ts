import { stepWithin } from '../../core/photo/shrink.js';
import type { ImageInput } from '../../detector/types.js';
import { photoPicture } from '../shared/pictures.js';
import { cutOf, type Cut, type Layer } from './layer.js';
import type { Size, Viewport } from './viewport.js';

/** Milliseconds of rest before a part is asked for: it may take a second. */
const REST = 120;
/** Pixels of a part: 32 MB. */
const MOST = 8e6;
/** Around what is seen, as a share of the pane, so that little moves show nothing new. */
const MARGIN = 0.25;
/** A pixel may be shown that many times larger before a finer picture is asked for. */
const SOFTNESS = 2 ** 0.25;

interface Wanted {
  readonly input: ImageInput;
  /** What is seen, and that with a margin. */
  readonly seen: Cut;
  readonly layer: Cut;
}

type Part = Layer & { readonly bitmap: ImageBitmap };

/** The part of a large photo that is seen, as sharp as the screen shows it, where the picture of the whole photo is not. */
export class CloseUp {
  /** What there is, of the photo that was asked about last. */
  layer: Part | undefined;
  private input: ImageInput | undefined;
  private wanted: Wanted | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isMaking = false;

  /** @param made is called when there is another part */
  constructor(
    private readonly made: () => void,
    private readonly make = photoPicture,
  ) {}

  /**
   * What is seen now.
   * @param whole the picture of the whole photo @param viewport and `pane` in pixels of the screen
   */
  look(input: ImageInput | undefined, whole: Cut | undefined, viewport: Viewport, pane: Size): void {
    if (input !== this.input) this.drop();
    this.input = input;
    const seen = whole && seenPart(whole, viewport, pane);
    if (!input || !whole || !seen) {
      this.drop();
      return;
    }
    if (covers(this.layer, seen) || covers(this.wanted?.layer, seen)) return;
    this.wanted = { input, seen, layer: withMargin(seen, whole, pane, viewport) };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.makeWanted(), REST);
  }

  /** Gives all memory back. */
  drop(): void {
    clearTimeout(this.timer);
    this.wanted = undefined;
    this.layer?.bitmap.close();
    this.layer = undefined;
  }

  private makeWanted(): void {
    const { wanted } = this;
    if (this.isMaking || !wanted) return;
    this.isMaking = true;
    const { input, layer } = wanted;
    const { step, ...part } = layer;
    this.make(input, { what: 'part', part, step })
      .then(
        ({ bitmap }) => {
          // Somebody has gone on to another photo meanwhile.
          if (input !== this.input || !this.wanted) {
            bitmap.close();
            return;
          }
          this.layer?.bitmap.close();
          this.layer = { ...layer, bitmap };
          this.made();
        },
        // The picture of the whole photo stays.
        () => undefined,
      )
      .finally(() => {
        this.isMaking = false;
        // Who has gone out and in again meanwhile may have been given what is wanted now.
        if (this.wanted === wanted || covers(this.layer, this.wanted?.seen)) this.wanted = undefined;
        else this.makeWanted();
      })
      .catch(reportError);
  }
}

/** The part that is seen, if the whole's picture is too coarse for it. */
function seenPart(whole: Cut, { scale, x, y }: Viewport, pane: Size): Cut | undefined {
  const step = stepWithin(SOFTNESS / scale);
  if (step >= whole.step) return undefined;
  return cutOf(whole, step, -x / scale, -y / scale, pane.width / scale, pane.height / scale);
}

function withMargin(part: Cut, whole: Size, pane: Size, { scale }: Viewport): Cut {
  const [across, down] = [(MARGIN * pane.width) / scale, (MARGIN * pane.height) / scale];
  const { x, y, width, height, step } = part;
  const wide = cutOf(whole, step, x - across, y - down, width + 2 * across, height + 2 * down);
  return wide && pixelsOf(wide) <= MOST ? wide : part;
}

const pixelsOf = ({ width, height, step }: Cut) => (width * height) / step ** 2;

const covers = (layer: Cut | undefined, part: Cut | undefined): boolean =>
  layer !== undefined &&
  part !== undefined &&
  layer.step === part.step &&
  layer.x <= part.x &&
  layer.y <= part.y &&
  layer.x + layer.width >= part.x + part.width &&
  layer.y + layer.height >= part.y + part.height;
