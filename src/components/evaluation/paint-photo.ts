/** Paints a case from pictures of its photo, which may be too large to be shown pixel by pixel as a whole. */
import type { Rect } from '../../core/rect.js';
import type { ShownCase } from '../../workbench/evaluation/evaluator-api.js';
import { photoPicture } from '../shared/pictures.js';
import { cutOf, type Layer } from '../viewer/layer.js';
import { paintCase, type Painting } from './case-painter.js';

/** A case and where it is to be seen. */
export interface CaseView {
  readonly canvas: HTMLCanvasElement;
  readonly one: ShownCase;
  readonly area: Rect;
  /** Canvas pixels per CSS pixel. */
  readonly unit: number;
}

export interface PaintedPhoto extends Omit<Painting, 'layer'> {
  readonly file: Blob;
  readonly whole: Layer;
}

/**
 * At once from the picture of the whole photo and, where that is too coarse, once more as soon as there is one of the area.
 * @param isWanted whether the canvas still is to show that, when there is such a picture
 */
export async function paintPhoto(
  { canvas, one, area, unit }: CaseView,
  { file, whole, ...photo }: PaintedPhoto,
  isWanted: () => boolean = () => true,
  make = photoPicture,
): Promise<void> {
  paintCase(canvas, { ...photo, layer: whole }, one, area, unit);
  const step = 2 ** Math.max(0, Math.floor(Math.log2(area.width / canvas.width)));
  const part = step < whole.step && cutOf(whole, step, area.x, area.y, area.width, area.height);
  if (!part) return;
  // Where it can't be made, the coarse one stays.
  const picture = await make(file, { what: 'part', part, step }).catch(() => undefined);
  if (!picture) return;
  const { bitmap } = picture;
  try {
    if (isWanted()) paintCase(canvas, { ...photo, layer: { ...part, bitmap } }, one, area, unit);
  } finally {
    bitmap.close();
  }
}
