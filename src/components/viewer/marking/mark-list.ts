import { define } from '../../shared/define.js';
import { DefectMarkList } from './mark-list.component.js';

define('defect-mark-list', DefectMarkList);

declare global {
  interface HTMLElementTagNameMap {
    'defect-mark-list': DefectMarkList;
  }
}

export { DefectMarkList };
