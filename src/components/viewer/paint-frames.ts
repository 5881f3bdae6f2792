/** Frames on the photo: what is inspected of it, what the network is looking at, and what somebody is drawing. */
import type { Box } from '../../core/types.js';
import type { Context2D } from './paint-options.js';
import type { Size, Viewport } from './viewport.js';

/** In photo pixels. */
export interface Frames {
  /** Of a photo that is inspected in part. */
  readonly area: Box | undefined;
  /** Tiles under way. */
  readonly underWay: readonly Box[];
  readonly drawn: Box | undefined;
}

const DARK = 'rgba(0, 0, 0, 0.75)';
const LIGHT = '#ffffff';
/** Over what is not inspected. */
const SHADE = 'rgba(0, 0, 0, 0.45)';
/** Of a tile under way; it is bright on dark and on light photos, since a dark line goes around it. */
const BUSY = '#4cc2ff';

/** @param unit canvas pixels of a line that is one wide, whatever the zoom */
export function paintFrames(
  context: Context2D,
  { area, underWay, drawn }: Frames,
  photo: Size,
  { scale, x, y }: Viewport,
  unit: number,
): void {
  context.save();
  context.setTransform(scale, 0, 0, scale, x, y);
  const stroke = (box: Box, color: string, dash: readonly number[]) => {
    for (const [style, width] of [
      [DARK, 4],
      [color, 2],
    ] as const) {
      context.setLineDash(style === DARK ? [] : dash.map((length) => (length * unit) / scale));
      context.strokeStyle = style;
      context.lineWidth = (width * unit) / scale;
      context.strokeRect(...box);
    }
  };
  if (area) {
    context.beginPath();
    context.rect(0, 0, photo.width, photo.height);
    context.rect(...area);
    context.fillStyle = SHADE;
    context.fill('evenodd');
    stroke(area, LIGHT, []);
  }
  for (const box of underWay) stroke(box, BUSY, [10, 5]);
  if (drawn) stroke(drawn, LIGHT, [6, 4]);
  context.restore();
}
