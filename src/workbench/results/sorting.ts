import type { Detection } from '../../core/types.js';

export interface Column {
  readonly key: string;
  readonly title: string;
  readonly unit?: string;
  /** What is sorted by. */
  readonly value: (detection: Detection) => number | string;
  /** What is read. */
  readonly text: (detection: Detection) => string;
}

const pixels = (value: number) => value.toFixed(value < 10 ? 1 : 0);
const box = (key: string, title: string, at: 0 | 1 | 2 | 3): Column => ({
  key,
  title,
  unit: 'px',
  value: (detection) => detection.box[at],
  text: (detection) => pixels(detection.box[at]),
});

export const COLUMNS: readonly Column[] = [
  { key: 'id', title: '#', value: ({ id }) => id, text: ({ id }) => String(id) },
  { key: 'class', title: 'Class', value: ({ className }) => className, text: ({ className }) => className },
  { key: 'score', title: 'Score', value: ({ score }) => score, text: ({ score }) => score.toFixed(2) },
  box('x', 'x', 0),
  box('y', 'y', 1),
  box('width', 'Width', 2),
  box('height', 'Height', 3),
  { key: 'area', title: 'Area', unit: 'px²', value: ({ area }) => area, text: ({ area }) => pixels(area) },
];

export interface Order {
  readonly key: string;
  readonly direction: 'ascending' | 'descending';
}

/** By score, as the model gave them. */
export const DEFAULT_ORDER: Order = { key: 'id', direction: 'ascending' };

/** A second click turns the direction round; what is best seen large comes large first. */
export function nextOrder(order: Order, key: string): Order {
  if (order.key === key) {
    return { key, direction: order.direction === 'ascending' ? 'descending' : 'ascending' };
  }
  return { key, direction: ['score', 'area', 'width', 'height'].includes(key) ? 'descending' : 'ascending' };
}

/** A sorted copy; equal ones stay by falling score. */
export function sortDetections(detections: readonly Detection[], { key, direction }: Order): Detection[] {
  const { value } = COLUMNS.find((column) => column.key === key)!;
  const sign = direction === 'ascending' ? 1 : -1;
  return [...detections].sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === y) return a.id - b.id;
    return x < y ? -sign : sign;
  });
}
