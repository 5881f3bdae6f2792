import { usageBlob, usageName } from '../usage/usage-export.js';
import type { CommandTable } from './command.js';
import type { CommandId } from './commands.js';

type UsageCommand = Extract<CommandId, `usage.${string}`>;

export const usageCommands: CommandTable<UsageCommand> = {
  'usage.open': {
    run: ({ store, usage }) => {
      // Other tabs count as well.
      usage.sync();
      store.update({ dialog: 'usage' });
    },
    isEnabled: ({ ports }) => ports.countsUsage(),
  },
  'usage.export': {
    run: ({ derived, usage, ports }, { format }) =>
      ports.saveFile(usageBlob(format, usage.view.usage, derived.csvStyle), usageName(format)),
  },
  'usage.clear': { run: ({ usage }) => usage.clear() },
};
