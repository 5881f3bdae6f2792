/** A part of a photo; `data` is row-major and holds 0 or 1. */
export interface Bitmap {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}
