import { InspectorError } from '../../core/errors.js';
import { change } from '../../model/database.js';
import type { Settings } from './settings.js';
import { CHOSEN, WORKBENCH } from '../storage/workbench-database.js';

/** What is kept; nothing where that can't be read. */
export async function loadSettings(): Promise<Settings> {
  try {
    return (await change(WORKBENCH, ['settings'], ({ store }) => store.get(CHOSEN))) ?? {};
  } catch {
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
    throw new InspectorError({ code: 'storage-full', reason: 'not-stored' }, { cause });
  }
}
