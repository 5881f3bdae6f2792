import { areClassThresholds, type ClassThresholds } from '../../core/recipe/recipe.js';
import { DEFAULT_THRESHOLD } from '../../core/recipe/threshold.js';
import { SCORE_FLOOR, type Threshold } from '../../core/types.js';
import { COLUMN_KEYS, nextOrder } from '../results/sorting.js';
import { thresholdsInUse } from '../results/thresholds-in-use.js';
import { THEMES } from '../settings/theme.js';
import { VIEWS, type Display } from '../state.js';
import { hasPhotos, type Bench, type Command, type CommandTable } from './command.js';
import type { CommandId } from './commands.js';
import type { ViewerPort } from '../ports.js';

type Subject =
  | 'defect'
  | 'view'
  | 'zoom'
  | 'masks'
  | 'boxes'
  | 'labels'
  | 'fill'
  | 'class'
  | 'classes'
  | 'table'
  | 'theme'
  | 'threshold'
  | 'thresholds';
type ResultCommand = Extract<CommandId, `${Subject}.${string}`>;

const THRESHOLD_STEP = 0.05;

export const resultCommands: CommandTable<ResultCommand> = {
  'defect.next': { run: (bench) => walk(bench, 1), isEnabled: hasDefects },
  'defect.previous': { run: (bench) => walk(bench, -1), isEnabled: hasDefects },
  'defect.select': {
    run: (bench, one) => select(bench, one?.id),
    isEnabled: (bench, one) =>
      one?.id === undefined ? bench.store.state.selected !== undefined : isListed(bench, one.id),
  },
  'defect.hover': {
    run: ({ store, derived }, one) =>
      store.update({ hovered: derived.listed.find(({ id }) => id === one?.id) }),
    isEnabled: (bench, one) => one?.id === undefined || isListed(bench, one.id),
  },
  'defect.zoom': {
    run: ({ derived, ports }, one) => {
      const id = one?.id ?? derived.selected?.id;
      if (id !== undefined) ports.viewer()?.zoomTo(id);
    },
    isEnabled: (bench, one) => isListed(bench, one?.id ?? bench.derived.selected?.id),
  },

  'view.next': {
    run: ({ store, derived }) => {
      store.update({ chosenView: VIEWS[(VIEWS.indexOf(derived.view) + 1) % VIEWS.length]! });
    },
    isEnabled: hasPhotos,
  },
  'view.set': {
    run: ({ store }, { view }) => store.update({ chosenView: view }),
    isEnabled: (_, { view }) => view === undefined || VIEWS.includes(view),
  },
  'zoom.in': viewerCommand((viewer) => viewer.zoomIn()),
  'zoom.out': viewerCommand((viewer) => viewer.zoomOut()),
  'zoom.fit': viewerCommand((viewer) => viewer.fit()),
  'zoom.actual': viewerCommand((viewer) => viewer.actualSize()),
  'zoom.keep': {
    run: ({ store }) => store.update({ isViewKept: !store.state.isViewKept }),
    isEnabled: hasPhotos,
  },
  'masks.hide': { run: ({ store }) => store.update({ areMasksHidden: true }), isEnabled: hasPhotos },
  'masks.show': {
    run: ({ store }) => store.update({ areMasksHidden: false }),
    isEnabled: ({ store }) => store.state.areMasksHidden,
  },
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
  'classes.show': {
    run: (bench) => {
      const before = bench.store.state.hiddenClasses;
      const show = () => bench.store.update({ hiddenClasses: new Set() });
      show();
      bench.note({ undo: () => bench.store.update({ hiddenClasses: before }), redo: show });
    },
    isEnabled: ({ store }) => store.state.hiddenClasses.size > 0,
  },
  'table.sort': {
    run: ({ store }, { key }) => store.update({ order: nextOrder(store.state.order, key) }),
    isEnabled: (_, { key }) => COLUMN_KEYS.includes(key),
  },
  'theme.set': {
    run: (bench, { theme }) => {
      bench.store.update({ theme });
      bench.save(() => bench.ports.settings.keep({ theme }));
    },
    isEnabled: (_, { theme }) => THEMES.includes(theme),
  },

  'threshold.lower': { run: (bench) => step(bench, -THRESHOLD_STEP), isEnabled: hasPhotos },
  'threshold.raise': { run: (bench) => step(bench, THRESHOLD_STEP), isEnabled: hasPhotos },
  'threshold.auto': {
    run: (bench) => setThreshold(bench, 'auto'),
    isEnabled: (bench) => hasPhotos(bench) && bench.store.state.threshold !== 'auto',
  },
  'threshold.set': {
    run: (bench, { threshold }) => {
      bench.store.update({ threshold });
      tellReported(bench);
    },
    isEnabled: (_, { threshold }) => isThreshold(threshold),
  },
  'class.threshold': {
    run: (bench, { id, threshold }) => setClassThreshold(bench, id, threshold),
    isEnabled: ({ derived }, { id, threshold }) =>
      isThreshold(threshold) && (derived.model?.classes.some((one) => one.id === id) ?? false),
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
    isEnabled: (_, { hash, thresholds }) => typeof hash === 'string' && areClassThresholds(thresholds),
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
    isEnabled: (bench) => hasPhotos(bench) && bench.ports.viewer() !== undefined,
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

const isThreshold = (threshold: Threshold): boolean =>
  threshold === 'auto' || (threshold >= SCORE_FLOOR && threshold <= 1);

function hasDefects({ derived }: Bench): boolean {
  return derived.listed.length > 0;
}

function isListed({ derived }: Bench, id: number | undefined): boolean {
  return derived.listed.some((one) => one.id === id);
}

function walk(bench: Bench, by: 1 | -1): void {
  const { listed, selected } = bench.derived;
  const at = listed.findIndex((one) => one === selected);
  const next = at < 0 ? (by > 0 ? 0 : listed.length - 1) : (at + by + listed.length) % listed.length;
  select(bench, listed[next]?.id);
}

function select({ store, derived }: Bench, id: number | undefined): void {
  const { listed } = derived;
  const at = listed.findIndex((one) => one.id === id);
  const one = listed[at];
  if (!one) {
    store.update({ selected: undefined });
    return;
  }
  const { className, score, box } = one;
  store.update({
    selected: one,
    announcement: {
      reason: 'defect-selected',
      params: { place: at + 1, defects: listed.length, className, score, width: box[2], height: box[3] },
    },
  });
}

/** From the classes' own thresholds a step leads beyond all of them: lower reports no fewer, higher no more. */
function step(bench: Bench, by: number): void {
  const { store, derived } = bench;
  const { threshold } = store.state;
  const { assessment } = derived;
  const found = assessment ? [...assessment.reported, ...assessment.below] : [];
  const inUse = thresholdsInUse(derived.classes, found, derived.thresholdOf);
  const from = threshold !== 'auto' ? threshold : ((by < 0 ? inUse?.low : inUse?.high) ?? DEFAULT_THRESHOLD);
  setThreshold(bench, Math.min(1, Math.max(SCORE_FLOOR, Math.round((from + by) * 100) / 100)));
}

/** By a key: nothing else says which threshold it is now. */
function setThreshold({ store, derived }: Bench, threshold: Threshold): void {
  store.update({ threshold });
  store.update({
    announcement: {
      reason: 'threshold',
      params: { threshold, defects: derived.assessment?.reported.length },
    },
  });
}

/** After a slider, which says itself where it stands. */
function tellReported({ store, derived }: Bench): void {
  const defects = derived.assessment?.reported.length;
  if (defects !== undefined) store.update({ announcement: { reason: 'reported', params: { defects } } });
}

function setClassThreshold(bench: Bench, id: number, chosen: Threshold): void {
  const { store, derived } = bench;
  const { hash = '', classes = [] } = derived.model ?? {};
  const { threshold, ownThresholds } = store.state;
  const before = ownThresholds[hash];
  // One threshold for all becomes each class's own, so that only the one that is moved changes.
  const all = threshold === 'auto' ? before : Object.fromEntries(classes.map((one) => [one.id, threshold]));
  const others = Object.entries(all ?? {}).filter(([other]) => Number(other) !== id);
  const own = Object.fromEntries(chosen === 'auto' ? others : [...others, [id, chosen]]) as ClassThresholds;
  const use = () => {
    replaceThresholds(bench, hash, Object.keys(own).length > 0 ? own : undefined);
    store.update({ threshold: 'auto' });
    tellReported(bench);
  };
  use();
  bench.note({
    subject: `class.threshold ${hash} ${id}`,
    undo: () => {
      replaceThresholds(bench, hash, before);
      store.update({ threshold });
      tellReported(bench);
    },
    redo: use,
  });
}

function setThresholds({ store }: Bench, hash: string, own: ClassThresholds | undefined): void {
  const { [hash]: _, ...others } = store.state.ownThresholds;
  store.update({ ownThresholds: own ? { ...others, [hash]: own } : others });
}

/** Others in place of all that a model has, or none. */
function replaceThresholds(bench: Bench, hash: string, own: ClassThresholds | undefined): void {
  const former = bench.store.state.ownThresholds[hash];
  setThresholds(bench, hash, own);
  bench.save(() => bench.ports.thresholds.replace(hash, own, former));
}
