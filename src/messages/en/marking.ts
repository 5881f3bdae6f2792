/** Marking defects on a photo, to teach a model. */
import { count, fixed, pixels, size } from './numbers.js';

interface Marked {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

export const marking = {
  stage:
    'Photo to mark. With a tool chosen, arrow keys move a crosshair, Enter begins and ends, Escape gives up; with the move tool, arrow keys move the photo.',
  /** Over a photo of which that is said. */
  isGood: 'Called good: no defect in this photo',

  bar: 'Marking',
  tools: {
    move: 'Move and select',
    brush: 'Brush',
    eraser: 'Eraser',
    polygon: 'Polygon',
    rectangle: 'Rectangle',
  },
  /** Under their icons. */
  toolNames: {
    move: 'Move',
    brush: 'Brush',
    eraser: 'Eraser',
    polygon: 'Polygon',
    rectangle: 'Rectangle',
  },
  brushSize: 'Brush size',
  /** Of the brush, photo pixels. */
  brushIs: ({ diameter }: { readonly diameter: number }): string => `${pixels(diameter)} px`,
  brushHint: 'Brush size (Shift and wheel, or [ and ])',
  classes: 'Class of the next mark',
  classOfMark: 'Class of the selected mark',
  noClass: 'The first mark makes a class',
  good: 'Good',
  goodHint: 'This whole photo is good',
  accept: 'Accept',
  acceptHint: 'Accept the selected defect as a mark',
  remove: 'Remove the selected mark',
  removeName: 'Remove',
  undo: 'Undo',
  redo: 'Redo',
  withKey: ({ action, key }: { readonly action: string; readonly key: string }): string =>
    `${action} (${key})`,

  marks: ({ marks }: { readonly marks: number }): string => `${count(marks, 'mark')} on this photo`,
  /** `Mark 2: crack, 12 × 40 px`. */
  mark: ({ name, width, height, number }: Marked & { readonly number: number }): string =>
    `Mark ${fixed(number, 0)}: ${name}, ${size({ width, height })}`,
};
