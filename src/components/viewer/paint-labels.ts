import { classColor } from '../../core/colors.js';
import type { Detection } from '../../core/types.js';
import { text } from '../../messages/text.js';
import { splitName } from '../shared/middle-cut.js';
import { textOn } from './contrast.js';
import { findLeader, placeLabels, type Line, type PlacedLabel, type Rect } from './label-layout.js';
import { outlinePoints } from './outline.js';
import type { Context2D, PaintOptions } from './paint-options.js';
import type { Viewport } from './viewport.js';

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const FONT_SIZE = 12;
const HEIGHT = 18;
const PADDING = 5;
const GAP = 4;
/** A label may be as large as this share of its defect's box; else it is the number alone. */
const SHARE = 0.5;
/** Characters of a class's name. */
const LONGEST = 28;
const CASING = 'rgba(0, 0, 0, 0.75)';

/** Beside each defect its number, class and score, tied to it by a line where it isn't plain which one is meant. */
export function paintLabels(
  context: Context2D,
  order: readonly Detection[],
  { scale, x, y }: Viewport,
  { classes, unit, left: start = 0, numbers, selectedId, hoveredId }: PaintOptions,
): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.font = `600 ${FONT_SIZE * unit}px ${FONT}`;
  context.textBaseline = 'middle';
  // As rectangles are placed: from left to right, whatever the page around the canvas is written in.
  context.direction = 'ltr';
  context.textAlign = 'left';
  const isMarked = ({ id }: Detection) => id === selectedId || id === hoveredId;
  const requests = [...order]
    .sort((a, b) => Number(isMarked(b)) - Number(isMarked(a)) || a.id - b.id)
    .map((detection) => {
      const [left, top, width, height] = detection.box;
      const anchor: Rect = {
        x: left * scale + x,
        y: top * scale + y,
        width: width * scale,
        height: height * scale,
      };
      const labels = textsOf(detection, numbers?.get(detection) ?? detection.id);
      const sizes = labels.map((label) => ({
        width: context.measureText(label).width + 2 * PADDING * unit,
        height: HEIGHT * unit,
      }));
      const full = sizes[0]!;
      const isSmall = full.width * full.height > SHARE * anchor.width * anchor.height;
      const from = isSmall && !isMarked(detection) ? 1 : 0;
      return {
        item: { detection, labels: labels.slice(from) },
        anchor,
        sizes: sizes.slice(from),
        isForced: isMarked(detection),
      };
    });
  const { width, height } = context.canvas;
  const bounds: Rect = { x: start, y: 0, width: width - start, height };
  const placed = placeLabels(requests, bounds, GAP * unit);
  for (const { item, rect } of placed) {
    const points = outlinePoints(item.detection).map((point) => ({
      x: point.x * scale + x,
      y: point.y * scale + y,
    }));
    const leader = findLeader(rect, points, GAP * unit);
    if (leader) paintLeader(context, leader, classColor(classes, item.detection.classId), unit);
  }
  for (const one of placed) paintLabel(one);

  function paintLabel({
    item: { detection, labels },
    variant,
    rect,
  }: PlacedLabel<(typeof requests)[0]['item']>) {
    const color = classColor(classes, detection.classId);
    context.fillStyle = color;
    context.strokeStyle = isMarked(detection) ? '#ffffff' : CASING;
    context.lineWidth = (isMarked(detection) ? 1.5 : 1) * unit;
    context.beginPath();
    context.roundRect(rect.x, rect.y, rect.width, rect.height, 3 * unit);
    context.fill();
    context.stroke();
    context.fillStyle = textOn(color);
    context.fillText(labels[variant]!, rect.x + PADDING * unit, rect.y + rect.height / 2 + unit / 2);
  }
}

function paintLeader(context: Context2D, { from, to }: Line, color: string, unit: number): void {
  for (const [style, width, radius] of [
    [CASING, 3, 3],
    [color, 1.25, 2],
  ] as const) {
    context.strokeStyle = style;
    context.fillStyle = style;
    context.lineWidth = width * unit;
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
    context.stroke();
    context.beginPath();
    context.arc(to.x, to.y, radius * unit, 0, 2 * Math.PI);
    context.fill();
  }
}

/** From the most telling to the shortest. A name keeps its own direction of writing between the figures. */
function textsOf({ className: name, score }: Detection, number: number): readonly string[] {
  const className = `\u2068${shorten(name)}\u2069`;
  return [text.viewer.label({ number, className, score }), text.viewer.shortLabel({ number })];
}

function shorten(name: string): string {
  const [start, end] = splitName(name);
  return name.length <= LONGEST ? name : `${start.slice(0, LONGEST - end.length - 1)}…${end}`;
}
