import type { Evaluated, Picture } from '../../workbench/evaluation/state.js';
import { photoPicture } from '../shared/pictures.js';
import { wholeLayer } from '../viewer/layer.js';
import type { PaintedPhoto } from './paint-photo.js';

interface Opened {
  readonly evaluated: Evaluated;
  readonly image: number;
  readonly photo: Promise<CasePhoto | undefined>;
}

type CasePhoto = PaintedPhoto & { readonly whole: { readonly bitmap: ImageBitmap } };

/** The decoded photos of cases. The last one is kept, since cases of one photo follow each other. */
export class CasePhotos {
  private last: Opened | undefined;

  constructor(private readonly make = photoPicture) {}

  /**
   * The photo, decoded once however often it is asked for. It is to be painted as soon as it is there: it is closed when another
   * one is asked for.
   * @returns undefined where it can't be had; then it is asked for anew the next time
   */
  open(
    evaluated: Evaluated,
    image: number,
    load: () => Promise<Picture | undefined>,
  ): Promise<CasePhoto | undefined> {
    const { last } = this;
    if (last?.evaluated === evaluated && last.image === image) return last.photo;
    this.close();
    const photo = this.decode(evaluated, load).catch(() => {
      if (this.last?.photo === photo) this.last = undefined;
      return undefined;
    });
    this.last = { evaluated, image, photo };
    return photo;
  }

  /** Gives all memory back. */
  close(): void {
    // None to close where it couldn't be decoded.
    this.last?.photo.then((photo) => photo?.whole.bitmap.close()).catch(() => undefined);
    this.last = undefined;
  }

  private async decode(
    { model: { classes } }: Evaluated,
    load: () => Promise<Picture | undefined>,
  ): Promise<CasePhoto> {
    const picture = await load();
    if (!picture) throw new Error('The photo is gone.');
    return { ...picture, classes, whole: wholeLayer(await this.make(picture.file, { what: 'whole' })) };
  }
}
