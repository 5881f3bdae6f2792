import { define } from '../shared/define.js';
import { DefectThresholdChart } from './thresholds.component.js';

define('defect-threshold-chart', DefectThresholdChart);

declare global {
  interface HTMLElementTagNameMap {
    'defect-threshold-chart': DefectThresholdChart;
  }
}

export { DefectThresholdChart };
