import { define } from '../shared/define.js';
import { DefectBanner } from './banner.component.js';

define('defect-banner', DefectBanner);

declare global {
  interface HTMLElementTagNameMap {
    'defect-banner': DefectBanner;
  }
}

export { DefectBanner };
