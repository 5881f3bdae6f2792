import { SCORE_FLOOR, type Threshold } from '../../core/types.js';
import type { OwnThresholds } from '../../core/recipe/threshold.js';
import { nextOrder } from '../results/sorting.js';
import { VIEWS, type Display } from '../state.js';
import { hasPhotos, type Bench, type Command, type CommandTable } from './command.js';
import type { CommandId } from './commands.js';
import type { ViewerPort } from '../ports.js';

type Subject =
  'defect' | 'view' | 'zoom' | 'masks' | 'boxes' | 'labels' | 'fill' | 'class' | 'table' | 'theme';
type ResultCommand = Extract<CommandId, `${Subject | 'threshold' | 'thresholds'}.${string}`>;

const THRESHOLD_STEP = 0.05;

export const resultCommands: CommandTable<ResultCommand> = {
  'defect.next': { run: (bench) => walk(bench, 1), isEnabled: hasPhotos },
  'defect.previous': { run: (bench) => walk(bench, -1), isEnabled: hasPhotos },
  'defect.select': { run: ({ store }, one) => store.update({ selectedId: one?.id }), isEnabled: hasPhotos },
  'defect.hover': { run: ({ store }, one) => store.update({ hoveredId: one?.id }), isEnabled: hasPhotos },
  'defect.zoom': {
    run: ({ store, ports }, one) => {
      const id = one?.id ?? store.state.selectedId;
      if (id !== undefined) ports.viewer()?.zoomTo(id);
    },
    isEnabled: hasPhotos,
  },

  'view.next': {
    run: ({ store, derived }) => {
      store.update({ chosenView: VIEWS[(VIEWS.indexOf(derived.view) + 1) % VIEWS.length]! });
    },
    isEnabled: hasPhotos,
  },
  'view.set': { run: ({ store }, { view }) => store.update({ chosenView: view }) },
  'zoom.in': viewerCommand((viewer) => viewer.zoomIn()),
  'zoom.out': viewerCommand((viewer) => viewer.zoomOut()),
  'zoom.fit': viewerCommand((viewer) => viewer.fit()),
  'zoom.actual': viewerCommand((viewer) => viewer.actualSize()),
  'masks.hide': { run: ({ store }) => store.update({ areMasksHidden: true }), isEnabled: hasPhotos },
  'masks.show': { run: ({ store }) => store.update({ areMasksHidden: false }) },
  'boxes.toggle': displayCommand(({ boxes }) => ({ boxes: !boxes })),
  'labels.toggle': displayCommand(({ labels }) => ({ labels: !labels })),
  'fill.set': {
    run: ({ store }, { opacity }) => store.update({ display: { ...store.state.display, opacity } }),
  },
  'class.toggle': {
    run: (bench, { id }) => {
      const toggle = () => {
        const hiddenClasses = new Set(bench.store.state.hiddenClasses);
        if (!hiddenClasses.delete(id)) hiddenClasses.add(id);
        bench.store.update({ hiddenClasses });
      };
      toggle();
      bench.note({ undo: toggle, redo: toggle });
    },
  },
  'table.sort': { run: ({ store }, { key }) => store.update({ order: nextOrder(store.state.order, key) }) },
  'theme.set': { run: ({ store }, { theme }) => store.update({ theme }) },

  'threshold.lower': { run: (bench) => step(bench, -THRESHOLD_STEP), isEnabled: hasPhotos },
  'threshold.raise': { run: (bench) => step(bench, THRESHOLD_STEP), isEnabled: hasPhotos },
  'threshold.auto': { run: ({ store }) => store.update({ threshold: 'auto' }), isEnabled: hasPhotos },
  'threshold.set': { run: ({ store }, { threshold }) => store.update({ threshold }) },
  'thresholds.use': {
    run: (bench, { hash, thresholds }) => {
      const own = bench.store.state.ownThresholds;
      keepThresholds(bench, { ...own, [hash]: { ...own[hash], ...thresholds } }, 'auto');
    },
  },
  'thresholds.reset': {
    run: (bench) => {
      const { [bench.derived.model?.hash ?? '']: _, ...rest } = bench.store.state.ownThresholds;
      keepThresholds(bench, rest, bench.store.state.threshold);
    },
    isEnabled: ({ derived }) => derived.ownThresholds !== undefined,
  },
};

function viewerCommand(run: (viewer: ViewerPort) => void): Command<undefined> {
  return {
    run: ({ ports }) => {
      const viewer = ports.viewer();
      if (viewer) run(viewer);
    },
    isEnabled: hasPhotos,
  };
}

function displayCommand(change: (display: Display) => Partial<Display>): Command<undefined> {
  return {
    run: ({ store }) => {
      const { display } = store.state;
      store.update({ display: { ...display, ...change(display) } });
    },
    isEnabled: hasPhotos,
  };
}

function walk({ store, derived }: Bench, by: 1 | -1): void {
  const { listed } = derived;
  if (listed.length === 0) return;
  const at = listed.findIndex(({ id }) => id === store.state.selectedId);
  const next = at < 0 ? (by > 0 ? 0 : listed.length - 1) : (at + by + listed.length) % listed.length;
  store.update({ selectedId: listed[next]!.id });
}

function step({ store }: Bench, by: number): void {
  const from = store.state.threshold === 'auto' ? 0.5 : store.state.threshold;
  store.update({ threshold: Math.min(1, Math.max(SCORE_FLOOR, Math.round((from + by) * 100) / 100)) });
}

function keepThresholds(bench: Bench, ownThresholds: OwnThresholds, threshold: Threshold): void {
  const { store, ports } = bench;
  const before = { ownThresholds: store.state.ownThresholds, threshold: store.state.threshold };
  const set = (state: typeof before) => {
    store.update(state);
    ports.thresholds.save(state.ownThresholds);
  };
  const after = { ownThresholds, threshold };
  set(after);
  bench.note({ undo: () => set(before), redo: () => set(after) });
}
