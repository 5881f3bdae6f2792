/** Paints a case: the photo, what a person outlined, and what the model outlined. */
import { classColor } from '../../core/colors.js';
import { segmentationRle } from '../../core/evaluation/coco.js';
import type { Case } from '../../core/evaluation/confusion.js';
import { FOUND_IOU } from '../../core/evaluation/matching.js';
import { rleBox, type Rle } from '../../core/regions/rle.js';
import type { Box } from '../../core/types.js';
import { toSegmentation } from '../../datasets/outline.js';
import type { RunPhoto } from '../../workbench/evaluation/photo-run.js';
import { outlineOfRle, type Region } from './rle-outline.js';
import type { Evaluated } from '../../workbench/evaluation/session.js';

/** Photo pixels around a defect, as a share of its longer side, and at least. */
const MARGIN = 0.6;
const LEAST_MARGIN = 24;

/** Of truths: black and white, which no class has. */
const TRUTH = '#ffffff';
const CASING = 'rgba(0, 0, 0, 0.7)';

/** A person's outline in pixels of the photo. @throws {RangeError} when it is malformed */
export function truthRle({ image, width, height }: RunPhoto, source: number): Rle {
  const segmentation = toSegmentation(image.truths[source]!.outline, width, height);
  return segmentationRle({ segmentation }, { width, height });
}

/** The part of the photo that shows the case with what is around it. */
export function regionOf({ photos, images }: Evaluated, { image, truth, detection }: Case): Region {
  const photo = photos[image]!;
  const boxes: Box[] = [];
  if (truth !== undefined) boxes.push(rleBox(truthRle(photo, images[image]!.truths[truth]!.source)));
  if (detection !== undefined) boxes.push(photo.detections[detection]!.box);
  const [left, top, right, bottom] = [
    Math.min(...boxes.map(([x]) => x)),
    Math.min(...boxes.map(([, y]) => y)),
    Math.max(...boxes.map(([x, , width]) => x + width)),
    Math.max(...boxes.map(([, y, , height]) => y + height)),
  ];
  // A square, so that crops are as large as each other.
  const side = Math.max(right - left, bottom - top);
  const size = side + 2 * Math.max(LEAST_MARGIN, side * MARGIN);
  const within = (middle: number, limit: number) => {
    const length = Math.min(size, limit);
    return { start: Math.min(limit - length, Math.max(0, middle - length / 2)), length };
  };
  const across = within((left + right) / 2, photo.width);
  const down = within((top + bottom) / 2, photo.height);
  return { x: across.start, y: down.start, width: across.length, height: down.length };
}

export const wholePhoto = ({ width, height }: RunPhoto): Region => ({ x: 0, y: 0, width, height });

/**
 * Paints a region of the photo onto the canvas, as large as it is. Outlines of persons are dashed and white, the model's
 * have their class's colour; what the case is about is bold, everything else that is shown is thin.
 *
 * @param unit canvas pixels per CSS pixel.
 */
export function paintCase(
  canvas: HTMLCanvasElement,
  bitmap: ImageBitmap,
  evaluated: Evaluated,
  one: Case,
  region: Region,
  unit: number,
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const photo = evaluated.photos[one.image]!;
  const compared = evaluated.images[one.image]!;
  const judgement = evaluated.outcome.judgements[one.image]!;
  const scale = Math.min(canvas.width / region.width, canvas.height / region.height);
  const x = (canvas.width - region.width * scale) / 2;
  const y = (canvas.height - region.height * scale) / 2;
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingEnabled = scale < 3;
  context.drawImage(
    bitmap,
    ...([region.x, region.y, region.width, region.height] as const),
    ...([x, y, region.width * scale, region.height * scale] as const),
  );
  context.save();
  context.beginPath();
  context.rect(x, y, region.width * scale, region.height * scale);
  context.clip();
  context.setTransform(scale, 0, 0, scale, x - region.x * scale, y - region.y * scale);
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
  const fainter = fainterReport(evaluated, one);
  judgement.detections.forEach(({ outcome }, i) => {
    if (outcome === 'below' && i !== one.detection && i !== fainter) return;
    const { box, contours, classId } = photo.detections[i]!;
    if (!touches(box, region)) return;
    const path = new Path2D();
    for (const ring of contours) {
      path.moveTo(ring[0]!, ring[1]!);
      for (let k = 2; k < ring.length; k += 2) path.lineTo(ring[k]!, ring[k + 1]!);
      path.closePath();
    }
    stroke(path, classColor(evaluated.model.classes, classId), i === one.detection, false);
  });
  compared.truths.forEach(({ source }, i) => {
    const rle = truthRle(photo, source);
    if (touches(rleBox(rle), region)) stroke(outlineOfRle(rle, region), TRUTH, i === one.truth, true);
  });
  context.restore();
}

/** Place of the best report on a missed defect that its threshold hides; undefined where there is none. */
export function fainterReport(
  { images, outcome }: Evaluated,
  { image, truth, detection }: Case,
): number | undefined {
  if (truth === undefined || detection !== undefined) return undefined;
  const { overlaps } = images[image]!;
  const { detections } = outcome.judgements[image]!;
  const found = detections.findIndex(
    ({ outcome: what }, i) => what === 'below' && overlaps[i]![truth]! >= FOUND_IOU,
  );
  return found < 0 ? undefined : found;
}

function touches([x, y, width, height]: Box, region: Region): boolean {
  return (
    x < region.x + region.width &&
    x + width > region.x &&
    y < region.y + region.height &&
    y + height > region.y
  );
}
