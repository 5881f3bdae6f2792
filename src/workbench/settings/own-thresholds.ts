/** A person's own thresholds, kept in this browser. */
import { InspectorError } from '../../core/errors.js';
import { areClassThresholds, type ClassThresholds, type OwnThresholds } from '../../core/recipe/recipe.js';
import { change, requireDenied } from '../../model/database.js';
import { PATIENCE } from '../../model/in-time.js';
import { readOldEntry, type OldStorage } from '../storage/old-entry.js';
import { readKept, WORKBENCH } from '../storage/workbench-database.js';

/** Under which earlier versions kept them. */
const OLD = 'defect-inspector:thresholds';

/**
 * What is kept. Where nothing can be stored, what an earlier version has left behind, or nothing.
 * @throws {InspectorError} 'storage-full' where the browser's storage fails or doesn't answer
 */
export async function loadOwnThresholds(oldStorage: () => OldStorage): Promise<OwnThresholds> {
  const { value, drop } = readOldEntry(oldStorage, OLD);
  const old = isOwnThresholds(value) ? value : {};
  try {
    const kept = await readKept(async (database) => {
      const { store } = database.transaction('thresholds');
      const [hashes, all] = await Promise.all([store.getAllKeys(), store.getAll()]);
      const entries = hashes.map((hash, at) => [hash, all[at]!] as const);
      // Without what another version may have kept.
      return Object.fromEntries(entries.filter(([, one]) => areClassThresholds(one)));
    });
    // While there is no room, they stay where they are.
    await carryOver(old).then(drop, () => undefined);
    return { ...old, ...kept };
  } catch (cause) {
    requireDenied(cause);
    return old;
  }
}

async function carryOver(old: OwnThresholds): Promise<void> {
  const entries = Object.entries(old);
  if (entries.length === 0) return;
  await change(
    WORKBENCH,
    ['thresholds'],
    async ({ store }) => {
      for (const [hash, thresholds] of entries) {
        if ((await store.getKey(hash)) === undefined) await store.put(thresholds, hash);
      }
    },
    PATIENCE,
  );
}

/**
 * Keeps thresholds for classes of a model, beside those of its other classes.
 * @param hash SHA-256 of the model file, hex
 * @throws {InspectorError} 'storage-full': they hold until the page is closed
 */
export function keepOwnThresholds(hash: string, thresholds: ClassThresholds): Promise<void> {
  return change(WORKBENCH, ['thresholds'], async ({ store }) => {
    await store.put({ ...(await store.get(hash)), ...thresholds }, hash);
  }).catch(fail);
}

/**
 * Keeps thresholds in place of others; none: those that the model recommends apply again. What another tab has kept meanwhile stays, as
 * far as it is about other classes.
 * @param hash SHA-256 of the model file, hex
 * @param former that were known here
 * @throws {InspectorError} 'storage-full': the former ones come back at the next visit
 */
export function replaceOwnThresholds(
  hash: string,
  thresholds: ClassThresholds = {},
  former: ClassThresholds = {},
): Promise<void> {
  return change(WORKBENCH, ['thresholds'], async ({ store }) => {
    const others = Object.entries((await store.get(hash)) ?? {}).filter(([id]) => !Object.hasOwn(former, id));
    const all = { ...Object.fromEntries(others), ...thresholds };
    if (Object.keys(all).length > 0) await store.put(all, hash);
    else await store.delete(hash);
  }).catch(fail);
}

function fail(cause: unknown): never {
  const params = { what: 'thresholds' } as const;
  throw new InspectorError({ code: 'storage-full', reason: 'not-stored', params }, { cause });
}

function isOwnThresholds(value: unknown): value is OwnThresholds {
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).every(areClassThresholds);
}
