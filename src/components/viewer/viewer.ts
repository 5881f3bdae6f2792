import { define } from '../shared/define.js';
import { DefectViewer } from './viewer.component.js';

define('defect-viewer', DefectViewer);

declare global {
  interface HTMLElementTagNameMap {
    'defect-viewer': DefectViewer;
  }
}

export { DefectViewer };
