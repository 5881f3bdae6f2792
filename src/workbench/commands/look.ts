import { clipArea } from '../../core/pipeline/area.js';
import { DETAILS } from '../../core/pipeline/detail.js';
import type { Box } from '../../core/types.js';
import type { PhotoEntry } from '../batch/photo-batch.js';
import type { Bench, CommandTable } from './command.js';
import type { CommandId } from './commands.js';

type LookCommand = Extract<CommandId, `${'detail' | 'smallest' | 'area'}.${string}`>;

export const lookCommands: CommandTable<LookCommand> = {
  'detail.set': {
    run: (bench, { detail }) => bench.changeLook({ ...bench.store.state.look, detail }),
    isEnabled: ({ store }, { detail }) => DETAILS.includes(detail) && detail !== store.state.look.detail,
  },
  'smallest.set': {
    run: (bench, { smallest }) => bench.changeLook({ ...bench.store.state.look, smallest }),
    isEnabled: ({ store }, { smallest }) =>
      (smallest === undefined || (Number.isFinite(smallest) && smallest >= 1)) &&
      smallest !== store.state.look.smallest,
  },
  'area.inspect': {
    run: (bench, { id, area }) => {
      const entry = photoOf(bench, id);
      if (entry) bench.inspectAs(entry.id, { area });
    },
    isEnabled: (bench, { id, area }) => {
      const entry = photoOf(bench, id);
      return entry !== undefined && (area === undefined || liesWithin(area, entry));
    },
  },
};

const photoOf = ({ photos, derived }: Bench, id: number | undefined) =>
  id === undefined ? derived.current : photos.get(id);

const ANY_SIZE = { width: Infinity, height: Infinity };

/** As far as the photo's size is known. */
const liesWithin = (area: Box, { output }: PhotoEntry) =>
  clipArea(area, output?.image ?? ANY_SIZE) !== undefined;
