/** A lesson in the browser's own storage and in a file, by the commands that views send. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { WorkbenchState } from '../../src/workbench/state.js';
import { parseSamples } from '../../src/workbench/lessons/walk-samples.js';
import { useStage } from './harness.js';

const stage = useStage();

/** The element, as far as it is asked here; what is taught is its own business. */
interface Host extends HTMLElement {
  readonly workbench: { readonly state: WorkbenchState };
  run(command: string, args?: object): boolean;
}

const samples = async () =>
  parseSamples(JSON.parse(await readFile('public/samples/lesson/lesson.json', 'utf8'))).photos.filter(
    ({ isTaught }) => isTaught,
  );

const paths = async () => (await samples()).map(({ file }) => `public/samples/lesson/${file}`);

/** What is taught, in short. */
const summary = (page: Page) =>
  page.evaluate(() => {
    const { teaching, photos, library } = document.querySelector<Host>('defect-inspector')!.workbench.state;
    if (!teaching) return undefined;
    const { lesson, learning, isSaved, isOutdated, absent, sizes } = teaching;
    return {
      ...{ there: [...lesson.photos.keys()].filter((id) => id > 0).length },
      ...{ name: lesson.name, taught: lesson.photos.size, listed: photos.length, absent: absent.size },
      ...{ kind: learning.kind, isSaved, isOutdated, choice: library.choice?.kind, sizes },
    };
  });

/** Until that is what is taught; a quick lesson is learnt in seconds, a busy machine takes longer. */
const until = (page: Page, expected: object) =>
  expect.poll(() => summary(page), { timeout: 240_000, interval: 200 }).toMatchObject(expected);

const run = (page: Page, command: string, args?: object) =>
  page.evaluate(([id, given]) => document.querySelector<Host>('defect-inspector')!.run(id, given), [
    command,
    args,
  ] as const);

const drop = async (page: Page, files: readonly string[]) => {
  await page.locator('defect-inspector input.files').setInputFiles([...files]);
};

const LEARNT = { kind: 'learnt' };

test('a lesson is kept on the device without its photos, learnt on from there, and given away as a file', async () => {
  const { page, errors, context } = await stage.open();
  await drop(page, await paths());
  await run(page, 'lesson.start', { name: 'Caps' });
  const ids = await page.evaluate(() =>
    document.querySelector<Host>('defect-inspector')!.workbench.state.photos.map(({ id }) => id),
  );
  for (const [i, { isGood, marks }] of (await samples()).entries()) {
    if (isGood) await run(page, 'lesson.good', { ids: [ids[i]] });
    for (const { region } of marks) {
      const { counts, ...box } = region;
      await page.evaluate(
        ([photo, at, runs]) =>
          document.querySelector<Host>('defect-inspector')!.run('lesson.mark', {
            photo,
            region: { ...at, counts: Uint32Array.from(runs) },
          }),
        [ids[i]!, box, [...counts]] as const,
      );
    }
  }
  expect(await run(page, 'lesson.learn')).toBe(true);
  await until(page, LEARNT);
  const learnt = (await summary(page))!;
  expect(learnt).toMatchObject({
    name: 'Caps',
    taught: 8,
    isSaved: false,
    isOutdated: false,
    choice: 'visit',
  });
  expect(learnt.sizes!.features).toBeGreaterThan(1e6);

  await run(page, 'lesson.save', { keep: 'thumbnails' });
  await until(page, { isSaved: true });
  const download = page.waitForEvent('download');
  await run(page, 'lesson.export');
  const file = await readFile(await (await download).path());

  const again = await context.newPage();
  await again.goto(stage.site.url);
  await again.waitForFunction(
    () => document.querySelector<Host>('defect-inspector')!.workbench.state.keptLessons?.length === 1,
  );
  await again.evaluate(() => {
    const host = document.querySelector<Host>('defect-inspector')!;
    host.run('lesson.open', { key: host.workbench.state.keptLessons![0]!.key });
  });
  await until(again, LEARNT);
  expect(await summary(again)).toMatchObject({
    taught: 8,
    listed: 0,
    absent: 8,
    isSaved: true,
    choice: 'visit',
  });
  await run(again, 'lesson.learn');
  await until(again, { kind: 'learning' });
  await until(again, LEARNT);
  await drop(again, (await paths()).slice(0, 2));
  // Learnt again from the same features, it is the same to the last bit.
  await until(again, { there: 2, isSaved: true, isOutdated: false });

  const { page: other, errors: others } = await stage.open();
  await other.evaluate(
    async ([name, bytes]) => {
      const file = new File([Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0))], name);
      const transfer = new DataTransfer();
      transfer.items.add(file);
      document
        .querySelector('defect-inspector')!
        .dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, composed: true }));
    },
    ['Caps.lesson.zip', file.toString('base64')] as const,
  );
  await until(other, LEARNT);
  expect(await summary(other)).toMatchObject({
    name: 'Caps',
    taught: 8,
    listed: 8,
    absent: 0,
    isSaved: true,
  });
  expect([errors, others]).toEqual([[], []]);
}, 600_000);
