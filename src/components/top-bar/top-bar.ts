import { define } from '../shared/define.js';
import { DefectTopBar } from './top-bar.component.js';

define('defect-top-bar', DefectTopBar);

declare global {
  interface HTMLElementTagNameMap {
    'defect-top-bar': DefectTopBar;
  }
}

export { DefectTopBar };
