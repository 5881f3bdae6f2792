import { define } from '../../shared/define.js';
import { DefectBrushSlider } from './brush-slider.component.js';

define('defect-brush-slider', DefectBrushSlider);

declare global {
  interface HTMLElementTagNameMap {
    'defect-brush-slider': DefectBrushSlider;
  }
}

export { DefectBrushSlider };
