import type { Store } from './store.js';
import type { Derived } from './derived.js';
import type { WorkbenchPorts } from './ports.js';
import type { WorkbenchState } from './state.js';

/** Tells whoever embeds the workbench when what is selected, the threshold or the view has changed, by whatever means. */
export function announceChanges(
  store: Store<WorkbenchState>,
  derived: Derived,
  emit: WorkbenchPorts['emit'],
): void {
  let { selected, view } = derived;
  let { threshold } = store.state;
  store.subscribe(() => {
    // While a photo is seen in tiles, the same defect comes with other outlines.
    const isOther = selected?.id !== derived.selected?.id;
    selected = derived.selected;
    if (isOther) emit('select', { ...(selected && { detection: selected }) });
    if (threshold !== store.state.threshold) {
      threshold = store.state.threshold;
      emit('threshold', { threshold });
    }
    if (view !== derived.view) {
      view = derived.view;
      emit('view', { view });
    }
  });
}
