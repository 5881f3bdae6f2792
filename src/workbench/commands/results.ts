import { SCORE_FLOOR } from '../../core/types.js';
import type { ClassThresholds } from '../../core/recipe/recipe.js';
import { COLUMN_KEYS, nextOrder } from '../results/sorting.js';
import { THEMES, VIEWS, type Display } from '../state.js';
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
  'view.set': {
    run: ({ store }, { view }) => store.update({ chosenView: view }),
    isEnabled: (_, { view }) => VIEWS.includes(view),
  },
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
    isEnabled: (_, { opacity }) => opacity >= 0 && opacity <= 1,
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
    isEnabled: ({ derived }, { id }) => derived.model?.classes.some((one) => one.id === id) ?? false,
  },
  'table.sort': {
    run: ({ store }, { key }) => store.update({ order: nextOrder(store.state.order, key) }),
    isEnabled: (_, { key }) => COLUMN_KEYS.includes(key),
  },
  'theme.set': {
    run: ({ store }, { theme }) => store.update({ theme }),
    isEnabled: (_, { theme }) => THEMES.includes(theme),
  },

  'threshold.lower': { run: (bench) => step(bench, -THRESHOLD_STEP), isEnabled: hasPhotos },
  'threshold.raise': { run: (bench) => step(bench, THRESHOLD_STEP), isEnabled: hasPhotos },
  'threshold.auto': { run: ({ store }) => store.update({ threshold: 'auto' }), isEnabled: hasPhotos },
  'threshold.set': {
    run: ({ store }, { threshold }) => store.update({ threshold }),
    isEnabled: (_, { threshold }) => threshold === 'auto' || (threshold >= SCORE_FLOOR && threshold <= 1),
  },
  'thresholds.use': {
    run: (bench, { hash, thresholds }) => {
      const before = bench.store.state.ownThresholds[hash];
      const { threshold } = bench.store.state;
      const use = () => {
        setThresholds(bench, hash, { ...before, ...thresholds });
        bench.store.update({ threshold: 'auto' });
        bench.save(() => bench.ports.thresholds.keep(hash, thresholds));
      };
      use();
      const undo = () => {
        replaceThresholds(bench, hash, before);
        // A threshold that was chosen since then stays.
        if (bench.store.state.threshold === 'auto') bench.store.update({ threshold });
      };
      bench.note({ undo, redo: use });
    },
  },
  'thresholds.reset': {
    run: (bench) => {
      const hash = bench.derived.model?.hash ?? '';
      const before = bench.store.state.ownThresholds[hash];
      const reset = () => replaceThresholds(bench, hash, undefined);
      reset();
      bench.note({ undo: () => replaceThresholds(bench, hash, before), redo: reset });
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

function setThresholds({ store }: Bench, hash: string, own: ClassThresholds | undefined): void {
  const { [hash]: _, ...others } = store.state.ownThresholds;
  store.update({ ownThresholds: own ? { ...others, [hash]: own } : others });
}

/** Others in place of all that a model has, or none. */
function replaceThresholds(bench: Bench, hash: string, own: ClassThresholds | undefined): void {
  setThresholds(bench, hash, own);
  bench.save(() => bench.ports.thresholds.replace(hash, own));
}
