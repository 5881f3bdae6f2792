/** A lesson in the browser's own storage and in a file, by the commands that views send. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { untilKept } from './files.js';
import { useStage } from './harness.js';
import { addPhotos, pathOf, run, taughtSamples, teachCaps, type Host } from './lessons.js';

const stage = useStage();

/** What is taught, in short. */
const summary = (page: Page) =>
  page.evaluate(() => {
    const { teaching, photos, library } = document.querySelector<Host>('defect-inspector')!.workbench.state;
    if (!teaching) return undefined;
    const { lesson, learning, isSaved, isOutdated, absent, sizes } = teaching;
    return {
      ...{ there: [...lesson.photos.keys()].filter((id) => id > 0).length },
      ...{ name: lesson.name, taught: lesson.photos.size, listed: photos.length, absent: absent.size },
      ...{
        kind: learning.kind,
        at: learning.kind === 'learning' && learning.progress,
        isSaved,
        isOutdated,
        choice: library.choice?.kind,
        sizes,
      },
    };
  });

/** Until that is what is taught; a quick lesson is learnt in seconds, a busy machine takes longer. */
const until = (page: Page, expected: object) =>
  expect.poll(() => summary(page), { timeout: 240_000, interval: 200 }).toMatchObject(expected);

const LEARNT = { kind: 'learnt' };

/** Until a page knows that one lesson is on this device. */
const isKept = (page: Page) =>
  page.waitForFunction(
    () => document.querySelector<Host>('defect-inspector')!.workbench.state.keptLessons?.length === 1,
  );

/** Takes up the one lesson that is on this device, in a page that has just been loaded. */
async function openKept(page: Page): Promise<void> {
  await isKept(page);
  await page.evaluate(() => {
    const host = document.querySelector<Host>('defect-inspector')!;
    host.run('lesson.open', { key: host.workbench.state.keptLessons![0]!.key });
  });
}

const keptNames = (page: Page) =>
  page.evaluate(() =>
    document
      .querySelector<Host>('defect-inspector')!
      .workbench.state.keptLessons?.map(({ name }) => name)
      .toSorted(),
  );

const dropped = (page: Page, name: string, bytes: Buffer) =>
  page.evaluate(
    async ([called, text]) => {
      const file = new File([Uint8Array.from(atob(text), (one) => one.charCodeAt(0))], called);
      const transfer = new DataTransfer();
      transfer.items.add(file);
      document
        .querySelector('defect-inspector')!
        .dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, composed: true }));
    },
    [name, bytes.toString('base64')] as const,
  );

/** Nothing can be stored while that is so: browsers' own limits count only some time after they are set. */
const setFull = (page: Page, isFull: boolean) =>
  page.evaluate((is) => void Object.assign(globalThis, { isFull: is }), isFull);

/** Runs in a page before anything else. */
function storeUnlessFull(): void {
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (...args) {
    if ((globalThis as { isFull?: boolean }).isFull) throw new DOMException('', 'QuotaExceededError');
    return put.apply(this, args);
  };
}

test('a lesson is kept on the device without its photos, learnt on from there, and given away as a file', async () => {
  const { length: all } = await taughtSamples();
  const { page, errors, context } = await stage.open({ initScript: storeUnlessFull });
  await teachCaps(page);
  expect(await run(page, 'lesson.learn')).toBe(true);
  await until(page, LEARNT);
  const learnt = (await summary(page))!;
  expect(learnt).toMatchObject({
    name: 'Caps',
    taught: all,
    isSaved: false,
    isOutdated: false,
    choice: 'visit',
  });
  expect(learnt.sizes!.features).toBeGreaterThan(1e6);

  await setFull(page, true);
  await run(page, 'lesson.save', { keep: 'thumbnails' });
  const full = page.locator('.banner').filter({ hasText: 'The lesson was not stored: it takes about' });
  await full.waitFor();
  expect(await full.textContent()).toMatch(
    /With all photos, it takes about [\d.]+ MB.* Save it like that, or export it as a file\./,
  );
  expect(await summary(page)).toMatchObject({ kind: 'learnt', taught: all, isSaved: false });
  const download = page.waitForEvent('download');
  await full.getByRole('button', { name: 'Export as a file' }).click();
  const file = await readFile(await (await download).path());
  await full.waitFor({ state: 'detached' });
  await setFull(page, false);
  await run(page, 'lesson.save', { keep: 'thumbnails' });
  await isKept(page);
  await until(page, { isSaved: true });

  const again = await context.newPage();
  await again.goto(stage.site.url);
  await openKept(again);
  await until(again, LEARNT);
  expect(await summary(again)).toMatchObject({
    taught: all,
    listed: 0,
    absent: all,
    isSaved: true,
    choice: 'visit',
  });
  await run(again, 'lesson.learn');
  await until(again, { kind: 'learning' });
  await until(again, LEARNT);
  await addPhotos(again, (await taughtSamples()).slice(0, 2).map(pathOf));
  // Learnt again from the same features, it is the same to the last bit.
  await until(again, { there: 2, isSaved: true, isOutdated: false });

  const { page: other, errors: others } = await stage.open();
  await dropped(other, 'Caps.lesson.zip', file.subarray(0, file.length - 100));
  await other.getByText('the file is damaged, or parts of it are missing').first().waitFor();
  expect(await other.getByRole('dialog').count()).toBe(0);
  await run(other, 'evaluation.open');
  await other.getByRole('dialog', { name: /Evaluat/ }).waitFor();
  await dropped(other, 'Caps.lesson.zip', file);
  await until(other, LEARNT);
  expect(await summary(other)).toMatchObject({
    name: 'Caps',
    taught: all,
    listed: all,
    absent: 0,
    isSaved: true,
  });
  expect(await other.getByRole('dialog').count()).toBe(0);
  expect([errors, others]).toEqual([[], []]);
}, 600_000);

test('without a network, a part is taught, learnt, kept, and taken up again', async () => {
  const { length: all } = await taughtSamples();
  const { page, errors, context } = await stage.open();
  // The page has been here once, with its model.
  await untilKept(page);
  await page
    .getByText(/\d threads?/)
    .first()
    .waitFor({ timeout: 60_000 });
  await context.setOffline(true);
  await page.reload();
  await teachCaps(page);
  expect(await run(page, 'lesson.learn')).toBe(true);
  await until(page, LEARNT);
  await run(page, 'lesson.save', { keep: 'photos' });
  await until(page, { isSaved: true });
  await page.getByText('All done').waitFor({ timeout: 120_000 });
  // Nothing was changed since it was saved: nobody is asked.
  let wasAsked = false;
  page.on('dialog', (dialog) => {
    wasAsked = true;
    dialog.accept().catch(() => undefined);
  });
  // Browsers ask nobody who has not touched the page.
  await page.locator('defect-inspector').getByRole('button', { name: 'Learn again' }).focus();
  await page.keyboard.press('Shift');
  await page.reload();
  await openKept(page);
  await until(page, { kind: 'learnt', taught: all, listed: all, absent: 0, isSaved: true, choice: 'visit' });
  // What the service worker asks for in vain, its page is told in other words.
  const others = errors.filter((one) => !/net::ERR_(INTERNET_DISCONNECTED|FAILED)/.test(one));
  expect([wasAsked, others]).toEqual([false, []]);
}, 600_000);

test('two tabs have the same lesson: neither replaces what the other has saved', async () => {
  const { length: all } = await taughtSamples();
  const { page, errors, context } = await stage.open();
  await teachCaps(page);
  await run(page, 'lesson.save', { keep: 'photos' });
  await until(page, { isSaved: true });
  const other = await context.newPage();
  await other.goto(stage.site.url);
  await openKept(other);
  await until(other, { taught: all, isSaved: true });
  await run(other, 'lesson.add-class', { name: 'theirs' });
  await run(other, 'lesson.save', { keep: 'photos' });
  await until(other, { isSaved: true });
  await page.getByText('Caps was changed in another tab').waitFor();
  await run(page, 'lesson.add-class', { name: 'mine' });
  await run(page, 'lesson.save', { keep: 'photos' });
  await page.getByText('Caps was not saved: another tab has saved it').waitFor();
  expect(await summary(page)).toMatchObject({ isSaved: false });
  await page.getByRole('button', { name: 'Keep both' }).click();
  await until(page, { name: 'Caps (2)', isSaved: true });
  await expect.poll(() => keptNames(other)).toEqual(['Caps', 'Caps (2)']);
  await run(other, 'lesson.delete', {
    key: await other.evaluate(
      () => document.querySelector<Host>('defect-inspector')!.workbench.state.teaching!.key,
    ),
  });
  await expect.poll(() => keptNames(page)).toEqual(['Caps (2)']);
  await until(page, { isSaved: true });
  expect(errors).toEqual([]);
}, 300_000);
