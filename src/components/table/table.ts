import { define } from '../shared/define.js';
import { DefectTable } from './table.component.js';

define('defect-table', DefectTable);

declare global {
  interface HTMLElementTagNameMap {
    'defect-table': DefectTable;
  }
}

export { DefectTable };
