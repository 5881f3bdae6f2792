import { define } from '../shared/define.js';
import { DefectQueue } from './queue.component.js';

define('defect-queue', DefectQueue);

declare global {
  interface HTMLElementTagNameMap {
    'defect-queue': DefectQueue;
  }
}

export { DefectQueue };
