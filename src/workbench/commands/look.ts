import { clipArea } from '../../core/pipeline/area.js';
import { DETAILS } from '../../core/pipeline/detail.js';
import type { Box } from '../../core/types.js';
import type { PhotoEntry } from '../batch/photo-batch.js';
import type { Drawing, WorkbenchState } from '../state.js';
import type { Bench, Command, CommandTable } from './command.js';
import type { CommandId } from './commands.js';

type LookCommand = Extract<CommandId, `${'detail' | 'smallest' | 'area' | 'drawing'}.${string}`>;

export const lookCommands: CommandTable<LookCommand> = {
  'detail.set': {
    run: (bench, { detail }) => change(bench, { ...bench.store.state.look, detail }),
    isEnabled: ({ store, derived }, { detail }) =>
      DETAILS.includes(detail) && (detail !== store.state.look.detail || detail !== derived.look.detail),
  },
  'smallest.set': {
    run: (bench, { smallest }) => change(bench, { ...bench.store.state.look, smallest }),
    isEnabled: ({ store }, { smallest }) =>
      (smallest === undefined || (Number.isFinite(smallest) && smallest >= 1)) &&
      smallest !== store.state.look.smallest,
  },
  'smallest.draw': draw('smallest'),
  'area.inspect': {
    run: (bench, { id, area }) => {
      const entry = photoOf(bench, id);
      if (entry) inspectArea(bench, entry, area);
    },
    isEnabled: (bench, { id, area }) => {
      const entry = photoOf(bench, id);
      return entry !== undefined && (area === undefined || liesWithin(area, entry));
    },
  },
  'area.draw': draw('area'),
  'area.view': {
    run: (bench) => {
      const { derived, ports } = bench;
      const area = ports.viewer()?.inView();
      if (derived.current && area) inspectArea(bench, derived.current, area);
    },
    isEnabled: ({ derived, ports }) =>
      derived.current !== undefined && ports.viewer()?.inView() !== undefined,
  },
  'drawing.end': {
    run: ({ store }) => store.update({ drawing: undefined }),
    isEnabled: ({ store }) => store.state.drawing !== undefined,
  },
};

/** Steps that follow one another, as while a number is changed, are undone as one. */
function change(bench: Bench, look: WorkbenchState['look']): void {
  const { currentId, look: before } = bench.store.state;
  const set = (one: WorkbenchState['look']) => bench.changeLook(one, currentId);
  set(look);
  bench.note({ subject: 'look', undo: () => set(before), redo: () => set(look) });
}

function inspectArea(bench: Bench, { id }: PhotoEntry, area: Box | undefined): void {
  const before = bench.store.state.looks.get(id)?.area;
  const set = (one: Box | undefined) => bench.inspectAs(id, { area: one });
  bench.store.update({ drawing: undefined });
  set(area);
  bench.note({ undo: () => set(before), redo: () => set(area) });
}

function draw(what: Drawing): Command<undefined> {
  return {
    run: ({ store }) => {
      const drawing = store.state.drawing === what ? undefined : what;
      store.update({ drawing, ...(drawing && { announcement: { reason: `draw-${drawing}` } }) });
    },
    isEnabled: ({ derived }) => derived.current !== undefined,
  };
}

const photoOf = ({ photos, derived }: Bench, id: number | undefined) =>
  id === undefined ? derived.current : photos.get(id);

const ANY_SIZE = { width: Infinity, height: Infinity };

/** As far as the photo's size is known. */
const liesWithin = (area: Box, { output }: PhotoEntry) =>
  clipArea(area, output?.image ?? ANY_SIZE) !== undefined;
