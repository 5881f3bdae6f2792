import type { DefectUsage } from '../components/usage/usage.js';
import type { DefectInspectorElement } from '../index.js';
import { text } from '../messages/page-text.js';
import { UsageStore } from '../workbench/usage/usage-store.js';

/** Counts what the element reports, and adds a button for the panel "Usage on this device" to its slot `actions`. */
export function installUsage(inspector: DefectInspectorElement): void {
  const store = new UsageStore();
  inspector.addEventListener('defect-result', ({ detail }) => store.countInspection(detail));
  inspector.addEventListener('defect-error', ({ detail }) => store.countError(detail.error.code));
  // A hidden page may be closed without any further event.
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) store.sync();
  });

  const button = document.createElement('button');
  button.type = 'button';
  button.slot = 'actions';
  button.textContent = text.usage;
  let panel: DefectUsage | undefined;
  const open = async () => {
    store.sync();
    // Fetched when somebody first asks for it.
    const { makeUsagePanel } = await import('./usage-panel.js');
    panel ??= makeUsagePanel(inspector, store);
    await panel.updateComplete;
    panel.show();
    button.textContent = text.usage;
  };
  button.addEventListener('click', () => {
    open().catch(() => (button.textContent = text.usageNotLoaded));
  });
  inspector.append(button);
}
