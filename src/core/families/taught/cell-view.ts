import type { PlannedView } from '../../pipeline/plan.js';
import type { CellView } from '../../teach/cells.js';
import type { NamedTensors } from '../family.js';
import { checkCount, checkedNumbers, output } from '../output.js';

/** A view as a lesson sees it. */
export interface SeenCells extends CellView {
  /** Of all cells, padding included: what `novelty` is told by. */
  readonly mean: Float32Array;
}

/**
 * The output `cells` of a features graph, float32 [1, dims, rows, columns], cell by cell.
 * @param cell network pixels per side of a cell
 * @throws {InspectorError} 'model-unsupported' where it is no such output
 */
export function readCells(
  outputs: NamedTensors,
  { x, y, width, height, fit }: Omit<PlannedView, 'level'>,
  cell: number,
): SeenCells {
  const { data, dims: shape } = output(outputs, 'cells', 'float32');
  const [, dims = 0, rows = 0, columns = 0] = shape;
  checkCount('cells', columns, fit.paddedWidth / cell);
  checkCount('cells', rows, fit.paddedHeight / cell);
  checkedNumbers('cells', data);
  const count = rows * columns;
  const values = new Float32Array(count * dims);
  const mean = new Float32Array(dims);
  for (let k = 0; k < dims; k++) {
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const value = data[k * count + i]!;
      values[i * dims + k] = value;
      sum += value;
    }
    mean[k] = sum / count;
  }
  const cells = { width: columns, height: rows, dims, values };
  return { ...{ x, y, width, height }, step: cell / fit.scale, cells, mean };
}
