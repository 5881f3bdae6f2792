import { define } from '../shared/define.js';
import { DefectInspectorElement } from './defect-inspector.component.js';

define('defect-inspector', DefectInspectorElement);

declare global {
  interface HTMLElementTagNameMap {
    'defect-inspector': DefectInspectorElement;
  }
}

export { DefectInspectorElement };
