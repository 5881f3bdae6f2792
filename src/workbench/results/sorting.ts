import type { Detection } from '../../core/types.js';

/** What the table shows of a detection and sorts by, column by column. */
const COLUMNS = {
  id: ({ id }: Detection) => id,
  class: ({ className }: Detection) => className,
  score: ({ score }: Detection) => score,
  x: ({ box }: Detection) => box[0],
  y: ({ box }: Detection) => box[1],
  width: ({ box }: Detection) => box[2],
  height: ({ box }: Detection) => box[3],
  area: ({ area }: Detection) => area,
};

export type ColumnKey = keyof typeof COLUMNS;

/** From left to right. */
export const COLUMN_KEYS = Object.keys(COLUMNS) as readonly ColumnKey[];

/** What a detection has in a column: lengths in photo pixels, areas in square ones. */
export const valueOf = <Key extends ColumnKey>(detection: Detection, key: Key) =>
  COLUMNS[key](detection) as ReturnType<(typeof COLUMNS)[Key]>;

export interface Order {
  readonly key: ColumnKey;
  readonly direction: 'ascending' | 'descending';
}

/** By score, as the model gave them. */
export const DEFAULT_ORDER: Order = { key: 'id', direction: 'ascending' };

/** A second click turns the direction round; what is best seen large comes large first. */
export function nextOrder(order: Order, key: ColumnKey): Order {
  if (order.key === key) {
    return { key, direction: order.direction === 'ascending' ? 'descending' : 'ascending' };
  }
  return { key, direction: ['score', 'area', 'width', 'height'].includes(key) ? 'descending' : 'ascending' };
}

/** A sorted copy; equal ones stay by falling score. */
export function sortDetections(detections: readonly Detection[], { key, direction }: Order): Detection[] {
  const sign = direction === 'ascending' ? 1 : -1;
  return [...detections].sort((a, b) => {
    const [x, y] = [valueOf(a, key), valueOf(b, key)];
    if (x === y) return a.id - b.id;
    return x < y ? -sign : sign;
  });
}
