import { define } from '../shared/define.js';
import { DefectSheet } from './sheet.component.js';

define('defect-sheet', DefectSheet);

declare global {
  interface HTMLElementTagNameMap {
    'defect-sheet': DefectSheet;
  }
}

export { DefectSheet };
