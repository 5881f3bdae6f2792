import type { ImageInput } from '../../detector/types.js';
import type { Picture } from '../../detector/photo/picture.js';
import { PhotoBitmaps } from './photo-bitmaps.js';

/** The photo that is seen. The one before stays to be seen until the next one is decoded. */
export class PhotoFrame {
  /** What is to be painted; nothing while what was painted before is to stay. */
  picture: Picture | undefined;
  /** Of what that is the picture. */
  input: ImageInput | undefined;
  /** Why there is no picture, if so. */
  failure: unknown;
  /** Whether what is seen is still the photo before. */
  isOpening = false;
  private isFilled = false;
  private opening: Promise<Picture> | undefined;
  private readonly bitmaps = new PhotoBitmaps();

  /** @param opened is called with nothing where the photo can't be decoded */
  constructor(private readonly opened: (picture: Picture | undefined) => void) {}

  /** Whether the photo is being decoded. */
  get isWaiting(): boolean {
    return this.opening !== undefined;
  }

  /** @param beside photos that are likely to be opened next */
  open(input: ImageInput | undefined, beside: readonly ImageInput[]): void {
    this.picture = undefined;
    this.failure = undefined;
    this.opening = undefined;
    this.bitmaps.keep(input, beside);
    this.isOpening = input !== undefined && this.isFilled;
    if (!input) {
      this.isFilled = false;
      return;
    }
    const opening = this.bitmaps.get(input);
    this.opening = opening;
    const done = (picture: Picture | undefined, failure?: unknown) => {
      // Somebody has turned to another photo meanwhile, perhaps back to this one: then this picture has been closed.
      if (opening !== this.opening) return;
      this.opening = undefined;
      this.picture = picture;
      this.failure = failure;
      this.input = input;
      this.isFilled = picture !== undefined;
      this.isOpening = false;
      this.opened(picture);
      this.prepare(beside);
    };
    opening.then(done, (error: unknown) => done(undefined, error));
  }

  /** Others are likely to be opened next. */
  turnTo(input: ImageInput | undefined, beside: readonly ImageInput[]): void {
    if (this.isWaiting) return;
    this.bitmaps.keep(input, beside);
    this.prepare(beside);
  }

  /** Gives all memory back. */
  close(): void {
    this.picture = undefined;
    this.opening = undefined;
    this.bitmaps.keep(undefined);
  }

  private prepare(beside: readonly ImageInput[]): void {
    // What can't be read ahead is asked for again, and heard of, when it is to be shown.
    this.bitmaps.prepare(beside).catch(() => undefined);
  }
}
