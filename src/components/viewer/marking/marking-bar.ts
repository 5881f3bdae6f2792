import { define } from '../../shared/define.js';
import { DefectMarkingBar } from './marking-bar.component.js';

define('defect-marking-bar', DefectMarkingBar);

declare global {
  interface HTMLElementTagNameMap {
    'defect-marking-bar': DefectMarkingBar;
  }
}

export { DefectMarkingBar };
