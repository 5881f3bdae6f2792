import { InspectorError } from '../../core/errors.js';
import { isCsvStyle } from '../../core/export/csv-row.js';
import { change, requireDenied } from '../../model/database.js';
import { THEMES } from './theme.js';
import type { Settings } from './settings.js';
import { CHOSEN, readKept, WORKBENCH } from '../storage/workbench-database.js';

/**
 * What is kept; nothing where nothing can be stored.
 * @throws {InspectorError} 'storage-full' where the browser's storage fails or doesn't answer
 */
export async function loadSettings(): Promise<Settings> {
  try {
    return understood((await readKept((database) => database.get('settings', CHOSEN))) ?? {});
  } catch (cause) {
    requireDenied(cause);
    return {};
  }
}

/**
 * Keeps settings beside the others.
 * @throws {InspectorError} 'storage-full': they hold until the page is closed
 */
export async function keepSettings(settings: Settings): Promise<void> {
  try {
    await change(WORKBENCH, ['settings'], async ({ store }) => {
      await store.put({ ...(await store.get(CHOSEN)), ...settings }, CHOSEN);
    });
  } catch (cause) {
    const params = { what: 'settings' } as const;
    throw new InspectorError({ code: 'storage-full', reason: 'not-stored', params }, { cause });
  }
}

/** Without what another version may have kept. */
const understood = ({ letterKeys, csvStyle, theme }: Settings): Settings => ({
  ...(typeof letterKeys === 'boolean' && { letterKeys }),
  ...(isCsvStyle(csvStyle) && { csvStyle }),
  ...(theme && THEMES.includes(theme) && { theme }),
});
