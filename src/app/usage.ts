/** The panel "Usage on this device": how many photos, how long each stage took, which errors; local, and erasable. */
import type { DefectInspectorElement } from '../index.js';
import {
  countError,
  countInspection,
  loadUsage,
  noUsage,
  saveUsage,
  STAGES,
  type Usage,
} from '../workbench/usage/usage-store.js';

const STAGE_NAMES = {
  decode: 'Decode the photo',
  resample: 'Scale to the network',
  infer: 'Run the network',
  post: 'Trace the outlines',
  total: 'Drop to result',
} as const;

const storage = () => localStorage;

/** Counts what the element reports and adds a button for the panel to its slot `actions`. */
export function installUsage(inspector: DefectInspectorElement): void {
  let usage = loadUsage(storage);
  const update = (next: Usage) => {
    usage = next;
    saveUsage(usage, storage);
    if (dialog.open) render(content, usage);
  };
  inspector.addEventListener('defect-result', ({ detail }) => update(countInspection(usage, detail)));
  inspector.addEventListener('defect-error', ({ detail }) => update(countError(usage, detail.error.code)));

  const content = document.createElement('div');
  const dialog = usageDialog(content, () => update(noUsage()));
  const button = document.createElement('button');
  button.type = 'button';
  button.slot = 'actions';
  button.textContent = 'Usage';
  button.addEventListener('click', () => {
    render(content, usage);
    dialog.showModal();
  });
  inspector.append(button);
  document.body.append(dialog);
}

function usageDialog(content: HTMLElement, onReset: () => void): HTMLDialogElement {
  const dialog = document.createElement('dialog');
  dialog.className = 'usage';
  dialog.setAttribute('aria-labelledby', 'usage-title');
  const title = element('h2', 'Usage on this device');
  title.id = 'usage-title';
  const promise = element('p', 'These figures are kept in this browser only. Nothing is sent anywhere.');
  const reset = element('button', 'Reset');
  reset.addEventListener('click', onReset);
  const close = element('button', 'Close');
  close.addEventListener('click', () => dialog.close());
  const actions = element('div');
  actions.className = 'actions';
  actions.append(reset, close);
  dialog.append(title, promise, content, actions);
  return dialog;
}

function render(content: HTMLElement, { since, photos, time, errors }: Usage): void {
  const table = element('table');
  const row = (name: string, value: string) => {
    const line = table.insertRow();
    const head = element('th', name);
    head.scope = 'row';
    line.append(head);
    line.insertCell().textContent = value;
  };
  row('Since', since);
  row('Photos inspected', String(photos));
  for (const stage of STAGES) {
    row(`${STAGE_NAMES[stage]}, mean`, photos > 0 ? `${(time[stage] / photos).toFixed(0)} ms` : '–');
  }
  const failures = Object.entries(errors);
  if (failures.length === 0) row('Errors', 'none');
  for (const [code, count] of failures) row(`Error “${code}”`, String(count));
  content.replaceChildren(table);
}

function element<K extends keyof HTMLElementTagNameMap>(tag: K, text = ''): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}
