import type { Bench, CommandTable } from './command.js';
import type { CommandId, Commands } from './commands.js';
import type { ModelAction } from '../models/model-library.js';

type ModelCommand = Extract<CommandId, `model.${string}`>;

export const modelCommands: CommandTable<ModelCommand> = {
  'model.choose': act('choose'),
  'model.file': act('file'),
  'model.fetch': act('fetch'),
  'model.stop-fetching': act('stop-fetching'),
  'model.remember': act('remember'),
  'model.delete': act('delete'),
  'model.hints': act('hints'),
  'model.rename': {
    run: (bench, { hash, name }) => {
      const { library } = bench;
      const before = library.view.remembered.find((model) => model.hash === hash)?.name;
      if (before === undefined || name.trim() === '') return;
      const rename = (to: string) => bench.watch(library.act({ kind: 'rename', hash, name: to }));
      rename(name);
      bench.note({ undo: () => rename(before), redo: () => rename(name) });
    },
  },
  'model.retry': {
    run: (bench) => {
      bench.reloadModel();
      bench.photos.retryFailed();
    },
  },
  'model.use-shipped': {
    run: (bench) => {
      const chosen = bench.library.act({ kind: 'choose', choice: { kind: 'shipped' } });
      bench.watch(chosen.then(() => bench.photos.retryFailed()));
    },
  },
};

/** What the library does by itself. */
function act<Kind extends ModelAction['kind']>(kind: Kind) {
  return {
    // The rest of an action of that kind is just what the command takes.
    run: (bench: Bench, args: Commands[`model.${Kind}`]) =>
      bench.watch(bench.library.act({ kind, ...args } as ModelAction)),
  };
}
