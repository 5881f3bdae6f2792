import type { PlannedView } from '../../pipeline/plan.js';
import { toBfloat16 } from '../../teach/bfloat16.js';
import type { CellView, Turn, TurnedView } from '../../teach/cells.js';
import type { NamedTensors } from '../family.js';
import { checkCount, checkedNumbers, output } from '../output.js';

type View = Omit<PlannedView, 'level'>;

/**
 * The output `cells` of a features graph, float32 [1, dims, rows, columns], cell by cell.
 * @param cell network pixels per side of a cell
 * @throws {InspectorError} 'model-unsupported' where it is no such output
 */
export function readCells(outputs: NamedTensors, view: View, cell: number): CellView {
  const { data, dims, size } = cellData(outputs, view, cell);
  const count = size.width * size.height;
  const mean = new Float32Array(dims);
  for (let k = 0; k < dims; k++) {
    let sum = 0;
    for (let i = k * count; i < (k + 1) * count; i++) sum += data[i]!;
    mean[k] = sum / count;
  }
  const all = Uint32Array.from({ length: count }, (_, i) => i);
  return {
    ...partOf(view, cell),
    cells: { ...size, dims, values: cellByCell(data, dims, count, all) },
    mean,
  };
}

/** The same, of some cells of a view that was turned. @param places in rising order */
export function readTurnedCells(
  outputs: NamedTensors,
  view: View,
  cell: number,
  turn: Turn,
  places: Uint32Array,
): TurnedView {
  const { data, dims, size } = cellData(outputs, view, cell);
  const values = cellByCell(data, dims, size.width * size.height, places);
  return { ...partOf(view, cell), cells: size, turn, dims, places, values };
}

const partOf = ({ x, y, width, height, fit }: View, cell: number) => ({
  ...{ x, y, width, height },
  step: cell / fit.scale,
});

function cellData(outputs: NamedTensors, { fit }: View, cell: number) {
  const { data, dims: shape } = output(outputs, 'cells', 'float32');
  const [, dims = 0, rows = 0, columns = 0] = shape;
  checkCount('cells', columns, fit.paddedWidth / cell);
  checkCount('cells', rows, fit.paddedHeight / cell);
  checkedNumbers('cells', data);
  return { data, dims, size: { width: columns, height: rows } };
}

function cellByCell(data: Float32Array, dims: number, count: number, places: Uint32Array): Uint16Array {
  const values = new Float32Array(places.length * dims);
  for (let k = 0; k < dims; k++) {
    const plane = k * count;
    for (let i = 0; i < places.length; i++) values[i * dims + k] = data[plane + places[i]!]!;
  }
  return toBfloat16(values);
}
