import { isCsvStyle } from '../../core/export/csv-row.js';
import {
  EXPORT_FORMATS,
  exportBlob,
  exportName,
  listsAll,
  type ExportFormat,
} from '../exports/export-file.js';
import { isSettled } from '../batch/entries.js';
import { EXPORT_SCOPES } from '../state.js';
import type { Command, CommandTable } from './command.js';
import { isLeftLast, takeLeft } from './left-lesson.js';
import type { CommandId, Commands, ExportCommands } from './commands.js';

type PageCommand = Extract<
  CommandId,
  `${'export' | 'dialog' | 'keys' | 'notice' | 'storage' | 'edit'}.${string}`
>;

export const pageCommands: CommandTable<PageCommand> = {
  ...(Object.fromEntries(
    EXPORT_FORMATS.map((format) => [`export.${format}`, exportAs(format)]),
  ) as CommandTable<keyof ExportCommands>),

  'export.csv-style': {
    run: (bench, { style }) => {
      bench.store.update({ chosenCsvStyle: style });
      bench.save(() => bench.ports.settings.keep({ csvStyle: style }));
    },
    isEnabled: (_, { style }) => isCsvStyle(style),
  },

  'storage.retry': { run: (bench) => bench.readAgain() },

  'dialog.keys': { run: ({ store }) => store.update({ dialog: 'keys' }) },
  'dialog.models': {
    run: (bench) => {
      bench.watch(bench.library.refresh());
      bench.store.update({ dialog: 'models' });
    },
  },
  'dialog.close': {
    run: ({ store }, one) => {
      // The event of a closed dialog comes a little later: another one may be open by then.
      if (one?.dialog === undefined || one.dialog === store.state.dialog) store.update({ dialog: undefined });
    },
  },
  'keys.letters': {
    run: (bench, { isOn }) => {
      bench.store.update({ chosenLetterKeys: isOn });
      bench.save(() => bench.ports.settings.keep({ letterKeys: isOn }));
    },
    isEnabled: (_, { isOn }) => typeof isOn === 'boolean',
  },
  'notice.dismiss': {
    run: ({ store }, { subject }) => {
      const { dismissed, removal, left } = store.state;
      // The removal can still be undone; only its notice is closed.
      if (subject === removal) store.update({ removal: undefined });
      else if (subject === left) store.update({ left: undefined });
      else store.update({ dismissed: new Set([...dismissed, subject]) });
    },
  },

  'edit.undo': {
    run: (bench) => {
      const { store, history } = bench;
      if (isLeftLast(bench)) takeLeft(bench);
      else history.undo();
      store.update({ removal: undefined, announcement: { reason: 'undone' } });
    },
    isEnabled: (bench) => bench.history.canUndo || isLeftLast(bench),
  },
  'edit.redo': {
    run: ({ store, history }) => {
      history.redo();
      store.update({ removal: undefined, announcement: { reason: 'redone' } });
    },
    isEnabled: ({ history }) => history.canRedo,
  },
};

function exportAs(format: ExportFormat): Command<Commands[`export.${ExportFormat}`]> {
  return {
    run: (bench, { scope }) => {
      const { derived, photos, ports } = bench;
      const one = derived.current;
      const all = scope === 'all' ? photos.entries : one ? [one] : [];
      const name = exportName(format, scope === 'photo' ? one?.name : undefined);
      ports.saveFile(exportBlob(format, all, derived.exportOptions), name);
      bench.noteExported(all);
    },
    isEnabled: ({ derived, photos }, { scope }) => {
      if (!EXPORT_SCOPES.includes(scope)) return false;
      if (scope === 'photo') return derived.current?.output !== undefined;
      const { entries } = photos;
      return listsAll(format) ? entries.some(isSettled) : entries.some(({ output }) => output);
    },
  };
}
