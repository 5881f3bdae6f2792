import type { ModelAdapter, ModelFormat } from './family.js';
import { defectInspectorAdapter } from './defect-inspector/read.js';
import { torchvisionAdapter } from './torchvision/read.js';
import { ultralyticsAdapter } from './ultralytics/read.js';

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
