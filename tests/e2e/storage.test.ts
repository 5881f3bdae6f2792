/** A browser's storage that fails or never answers: the page goes on from memory, and says what it does without. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { NAME_SHIM } from '../../scripts/inspect-page.js';
import { defectRows, drop, photos, sample } from './files.js';
import { useStage } from './harness.js';

const stage = useStage();

/** Scripts for the page and for its workers, which run before their own. */
const NO_ANSWER = `{
  const open = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function (...asked) {
    return Object.assign(open.apply(this, asked), { addEventListener() {} });
  };
}`;
const FAILING = `IDBFactory.prototype.open = () => { throw new DOMException('Internal error.', 'UnknownError'); };`;
const DENIED = `IDBFactory.prototype.open = () => { throw new DOMException('Denied.', 'SecurityError'); };`;
const caches = (name: string, answer: string) => `CacheStorage.prototype.${name} = () => ${answer};`;
const NEVER = 'new Promise(() => {})';
const REJECTED = `Promise.reject(new DOMException('Internal error.', 'UnknownError'))`;
const NO_LOCAL_STORAGE = `globalThis.document && Object.defineProperty(globalThis, 'localStorage', {
  get() { throw new DOMException('Denied.', 'SecurityError'); },
});`;

/** Everything works for whoever has just come: the model, a photo, its result. */
async function withFault(
  fault: string,
  work: (page: Page, errors: string[]) => Promise<void>,
): Promise<void> {
  const context = await stage.browser.newContext({ serviceWorkers: 'block' });
  try {
    await context.addInitScript(NAME_SHIM);
    await context.addInitScript(fault);
    await context.route(/assets\/[a-z]+-[\w-]+\.js$/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${fault}\n${await response.text()}` });
    });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(stage.site.url);
    await drop(page, [await sample()]);
    await work(page, errors);
    await defectRows(page).first().waitFor({ timeout: 60_000 });
    await photos(page).filter({ hasText: 'Done' }).waitFor();
    expect(errors).toEqual([]);
  } finally {
    await context.close();
  }
}

/** In the banner; it is read out, too. */
const notice = (page: Page) =>
  page.getByRole('status').filter({ hasText: 'The storage of this browser does not answer' }).first();

test.each([
  ['never answers', NO_ANSWER],
  ['fails', FAILING],
])('a database that %s is said, and can be asked again', async (_, fault) => {
  await withFault(fault, async (page) => {
    await notice(page).waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Try again' }).click();
    // It is as silent as before.
    await notice(page).waitFor();
    await page.getByRole('button', { name: 'Models' }).click();
    const dialog = page.getByRole('dialog', { name: 'Models' });
    await dialog.getByText('can’t be remembered here').waitFor();
    await dialog.getByText('surface-defects').first().waitFor();
    await page.keyboard.press('Escape');
  });
});

test.each([
  ['a database that may not be opened', DENIED],
  ['caches that are never opened', caches('open', NEVER)],
  ['caches that are never found', caches('has', NEVER)],
  ['caches that never say what they hold', caches('match', NEVER)],
  ['caches that never say which there are', caches('keys', NEVER)],
  ['caches that fail to open', caches('open', REJECTED)],
  ['caches that fail to say which there are', caches('keys', REJECTED)],
  ['no local storage', NO_LOCAL_STORAGE],
])('%s: nothing of an earlier visit is missed, and nothing waits', async (_, fault) => {
  await withFault(fault, async (page) => {
    await defectRows(page).first().waitFor({ timeout: 60_000 });
    expect(await notice(page).count()).toBe(0);
  });
});
