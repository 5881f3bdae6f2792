import '../components/usage/usage.js';
import type { DefectUsage } from '../components/usage/usage.js';
import type { DefectInspectorElement } from '../index.js';
import { saveFile } from '../components/shared/save-file.js';
import { usageBlob, type UsageFormat } from '../workbench/usage/usage-export.js';
import type { UsageStore } from '../workbench/usage/usage-store.js';

/** The panel, which shows what the store has counted. Among the element's children, so that it has its theme. */
export function makeUsagePanel(inspector: DefectInspectorElement, store: UsageStore): DefectUsage {
  const panel = document.createElement('defect-usage');
  panel.slot = 'actions';
  panel.view = store.view;
  store.addEventListener('change', () => (panel.view = store.view));
  panel.addEventListener('usage-clear', () => store.clear());
  panel.addEventListener('usage-export', (event) => {
    const format = (event as CustomEvent<UsageFormat>).detail;
    saveFile(usageBlob(format, store.view.usage), `usage.${format}`);
  });
  inspector.append(panel);
  return panel;
}
