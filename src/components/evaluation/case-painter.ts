/** Paints a case: the photo, what a person outlined, and what the model outlined. */
import { classColor } from '../../core/colors.js';
import type { Rect } from '../../core/rect.js';
import type { Box, ModelClass } from '../../core/types.js';
import { paintLayer, type Layer } from '../viewer/layer.js';
import type { PhotoOutlines, ShownCase } from '../../workbench/evaluation/evaluator-api.js';

/** Photo pixels around a defect, as a share of its longer side, and at least. */
const MARGIN = 0.6;
const LEAST_MARGIN = 24;

/** Of truths: black and white, which no class has. */
const TRUTH = '#ffffff';
const CASING = 'rgba(0, 0, 0, 0.7)';

/** Whether a detection is what the case is about, or what is said to lie on or beside its defect. */
const isMeant = ({ detection, fainter, near }: ShownCase, place: number): boolean =>
  place === detection || place === fainter?.detection || place === near?.detection;

/**
 * The part of the photo that shows the case with what is around it.
 * @param shape width by height of what it is painted on
 */
export function areaOf(outlines: PhotoOutlines, one: ShownCase, shape = 1): Rect {
  const boxes = [
    outlines.truths[one.truth ?? one.nearTruth ?? -1]?.box,
    ...outlines.detections.filter(({ detection }) => isMeant(one, detection)).map(({ box }) => box),
  ].filter((box) => box !== undefined);
  if (boxes.length === 0) return wholePhoto(outlines);
  const [left, top, right, bottom] = [
    Math.min(...boxes.map(([x]) => x)),
    Math.min(...boxes.map(([, y]) => y)),
    Math.max(...boxes.map(([x, , width]) => x + width)),
    Math.max(...boxes.map(([, y, , height]) => y + height)),
  ];
  // Of one shape, so that crops are as large as each other.
  const side = Math.max((right - left) / Math.max(1, shape), (bottom - top) * Math.min(1, shape));
  const size = side + 2 * Math.max(LEAST_MARGIN, side * MARGIN);
  const within = (middle: number, length: number, limit: number) => {
    const shown = Math.min(length, limit);
    return { start: Math.min(limit - shown, Math.max(0, middle - shown / 2)), length: shown };
  };
  const across = within((left + right) / 2, size * Math.max(1, shape), outlines.width);
  const down = within((top + bottom) / 2, size / Math.min(1, shape), outlines.height);
  return { x: across.start, y: down.start, width: across.length, height: down.length };
}

export const wholePhoto = ({ width, height }: PhotoOutlines): Rect => ({ x: 0, y: 0, width, height });

/** Canvas pixels per photo pixel where all of an area is seen. */
export const scaleOf = ({ width, height }: HTMLCanvasElement, area: Rect): number =>
  Math.min(width / area.width, height / area.height);

/** A photo, ready to be painted. */
export interface Painting {
  /** Of the whole photo or of a part that holds the area. */
  readonly layer: Layer;
  readonly outlines: PhotoOutlines;
  /** The model's, for their colours. */
  readonly classes: readonly ModelClass[];
}

/**
 * Paints an area of the photo onto the canvas, as large as it is. Outlines of persons are dashed and white, the model's
 * have their class's colour; what the case is about is bold, everything else that is reported is thin.
 *
 * @param unit canvas pixels per CSS pixel.
 */
export function paintCase(
  canvas: HTMLCanvasElement,
  { layer, outlines, classes }: Painting,
  one: ShownCase,
  area: Rect,
  unit: number,
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const scale = scaleOf(canvas, area);
  const x = (canvas.width - area.width * scale) / 2;
  const y = (canvas.height - area.height * scale) / 2;
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.save();
  context.beginPath();
  context.rect(x, y, area.width * scale, area.height * scale);
  context.clip();
  paintLayer(context, layer, { scale, x: x - area.x * scale, y: y - area.y * scale });
  context.setTransform(scale, 0, 0, scale, x - area.x * scale, y - area.y * scale);
  context.lineJoin = 'round';
  const stroke = (path: Path2D, color: string, isBold: boolean, isDashed: boolean) => {
    const pixel = unit / scale;
    context.setLineDash([]);
    context.strokeStyle = CASING;
    context.lineWidth = (isBold ? 3.5 : 2) * pixel;
    context.stroke(path);
    if (isDashed) context.setLineDash([5 * pixel, 3 * pixel]);
    context.strokeStyle = color;
    context.lineWidth = (isBold ? 2 : 1) * pixel;
    context.stroke(path);
  };
  for (const { detection, classId, isReported, box, rings } of outlines.detections) {
    const isBold = isMeant(one, detection);
    if ((!isReported && !isBold) || !touches(box, area)) continue;
    stroke(pathOfRings(rings), classColor(classes, classId), isBold, false);
  }
  outlines.truths.forEach(({ box, lines }, i) => {
    if (touches(box, area)) stroke(pathOfLines(lines), TRUTH, i === (one.truth ?? one.nearTruth), true);
  });
  context.restore();
}

function pathOfRings(rings: readonly Float32Array[]): Path2D {
  const path = new Path2D();
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      if (i === 0) path.moveTo(ring[i]!, ring[i + 1]!);
      else path.lineTo(ring[i]!, ring[i + 1]!);
    }
    path.closePath();
  }
  return path;
}

function pathOfLines(lines: Float32Array): Path2D {
  const path = new Path2D();
  for (let i = 0; i < lines.length; i += 4) {
    path.moveTo(lines[i]!, lines[i + 1]!);
    path.lineTo(lines[i + 2]!, lines[i + 3]!);
  }
  return path;
}

function touches([x, y, width, height]: Box, area: Rect): boolean {
  return x < area.x + area.width && x + width > area.x && y < area.y + area.height && y + height > area.y;
}
