import { openDB } from 'idb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepSettings, loadSettings } from '../../../../src/workbench/settings/kept-settings.js';
import { keepOwnThresholds, loadOwnThresholds } from '../../../../src/workbench/settings/own-thresholds.js';
import { emptyDatabases, failWrites, noDatabases } from '../../fake-databases.js';

beforeEach(emptyDatabases);
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('settings are kept', async () => {
  expect(await loadSettings()).toEqual({});
  await keepSettings({ letterKeys: false });
  await keepSettings({ theme: 'dark' });
  await keepSettings({});
  expect(await loadSettings()).toEqual({ letterKeys: false, theme: 'dark' });
});

test('what another version has kept and this one does not know is left out', async () => {
  await keepSettings({ letterKeys: 'on', csvStyle: 'tab', theme: 'pink' } as unknown as Parameters<
    typeof keepSettings
  >[0]);
  await keepOwnThresholds('abc', { 1: 7 });
  await keepOwnThresholds('def', { 1: 0.5 });
  expect(await loadSettings()).toEqual({});
  expect(await loadOwnThresholds(() => localStorage)).toEqual({ def: { 1: 0.5 } });
});

test('a database of an earlier version gets the place for them', async () => {
  const database = await openDB('defect-inspector', 1, {
    upgrade: (old) => ['thresholds', 'usage', 'earlierUsage'].forEach((name) => old.createObjectStore(name)),
  });
  await database.put('thresholds', { 1: 0.25 }, 'abc');
  database.close();
  await keepSettings({ letterKeys: true });
  expect(await loadSettings()).toEqual({ letterKeys: true });
  expect(await loadOwnThresholds(() => localStorage)).toEqual({ abc: { 1: 0.25 } });
});

test('without storage there are none, and keeping them says so', async () => {
  noDatabases();
  expect(await loadSettings()).toEqual({});
  await expect(keepSettings({ letterKeys: true })).rejects.toMatchObject({ code: 'storage-full' });
});

test('what could not be written is said', async () => {
  failWrites('QuotaExceededError');
  await expect(keepSettings({ letterKeys: true })).rejects.toMatchObject({ code: 'storage-full' });
});
