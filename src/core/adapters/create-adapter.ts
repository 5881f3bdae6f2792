import type { ModelAdapter, ModelFormat } from './adapter.js';
import { defectInspectorAdapter } from './defect-inspector.js';
import { torchvisionAdapter } from './torchvision.js';
import { ultralyticsAdapter } from './ultralytics.js';

export function createAdapter(format: ModelFormat): ModelAdapter {
  switch (format.family) {
    case 'defect-inspector':
      return defectInspectorAdapter;
    case 'torchvision':
      return torchvisionAdapter(format);
    case 'ultralytics':
      return ultralyticsAdapter(format);
  }
}
