/** The page as it is used with a finger, in little room, from right to left, in the system's own colours, and in haste. */
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { copiesOf, defectRows, drop, photos, sample, textFile } from './files.js';
import { useStage } from './harness.js';

const stage = useStage();

const TOUCHED = { hasTouch: true, isMobile: true };

/** Two photos, one of them inspected and the other refused; what was found is shown. */
async function work(page: Page): Promise<void> {
  await drop(page, [await sample(), textFile]);
  await defectRows(page).first().waitFor({ timeout: 60_000, state: 'attached' });
  await photos(page).filter({ hasText: 'Failed' }).first().waitFor();
}

const run = (page: Page, command: string): Promise<boolean> =>
  page.evaluate((id) => document.querySelector('defect-inspector')!.run(id as 'zoom.fit'), command);

/** What can be pressed and is smaller than that, CSS pixels; but for links within a sentence. */
const smallTargets = (page: Page, least: number): Promise<string[]> =>
  page.evaluate((least) => {
    const small: string[] = [];
    const visit = (root: Document | ShadowRoot): void => {
      for (const element of root.querySelectorAll<HTMLElement>('*')) {
        if (element.shadowRoot) visit(element.shadowRoot);
        if (!element.matches('button:not(.link), summary, select, input, [role="button"]')) continue;
        if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
        const target = element.matches('[type="radio"], [type="checkbox"]')
          ? (element.closest('label') ?? element)
          : element;
        const { width, height } = target.getBoundingClientRect();
        if (width + 0.5 >= least && height + 0.5 >= least) continue;
        const name = element.getAttribute('aria-label') ?? element.textContent.trim();
        small.push(`${element.localName} ${name.slice(0, 40)}: ${Math.round(width)} x ${Math.round(height)}`);
      }
    };
    visit(document);
    return small;
  }, least);

test.each([
  ['a phone', 390, 844, TOUCHED, 44],
  ['a small phone', 320, 400, TOUCHED, 44],
  ['a tablet', 820, 1180, TOUCHED, 44],
  ['a large screen that is touched', 1440, 900, TOUCHED, 44],
  ['a mouse', 1440, 900, {}, 24],
  ['a mouse, and text twice as large', 720, 450, {}, 24],
])('whatever can be pressed is large enough for %s', async (_, width, height, like, least) => {
  const { page } = await stage.open({ width, height, like });
  expect(await smallTargets(page, least)).toEqual([]);
  await work(page);
  for (const stop of ['half', 'full', 'peek']) {
    await page.locator('defect-sheet').evaluate((sheet, stop) => sheet.setAttribute('stop', stop), stop);
    expect(await smallTargets(page, least)).toEqual([]);
  }
  await page.getByText('One threshold for each class').click({ force: true });
  await photos(page).filter({ hasText: 'notes.txt' }).getByRole('button').first().click();
  expect(await smallTargets(page, least)).toEqual([]);
  for (const menu of await page.locator('defect-menu summary').filter({ visible: true }).all()) {
    await menu.click();
    expect(await smallTargets(page, least)).toEqual([]);
    await page.keyboard.press('Escape');
  }
  for (const dialog of ['dialog.keys', 'dialog.models', 'usage.open', 'evaluation.open']) {
    await run(page, dialog);
    await page.getByRole('dialog').first().waitFor();
    expect(await smallTargets(page, least)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').first().waitFor({ state: 'hidden' });
  }
});

test.each([
  ['a phone', 390, 844, 300],
  ['a small phone', 320, 400, 200],
  ['a phone lying down', 844, 390, 150],
  ['text twice as large', 720, 450, 200],
])('nothing lies over the photo, and nothing is cut off, on %s', async (_, width, height, least) => {
  const { page } = await stage.open({ width, height, like: TOUCHED });
  await work(page);
  const boxOf = async (selector: string) => (await page.locator(selector).first().boundingBox())!;
  const picture = await boxOf('defect-viewer .stage');
  expect(picture.height).toBeGreaterThanOrEqual(least);
  for (const selector of [
    'defect-viewer .toolbar',
    'defect-viewer .caption',
    'defect-queue',
    'defect-sheet',
  ]) {
    const box = await boxOf(selector);
    const across = Math.min(box.x + box.width, picture.x + picture.width) - Math.max(box.x, picture.x);
    const down = Math.min(box.y + box.height, picture.y + picture.height) - Math.max(box.y, picture.y);
    expect([selector, across > 1 && down > 1]).toEqual([selector, false]);
  }
  for (const menu of await page.locator('defect-menu summary').filter({ visible: true }).all()) {
    await menu.click();
    const panel = (await page.locator('defect-menu [open] .panel').boundingBox())!;
    expect(panel.x).toBeGreaterThanOrEqual(0);
    expect(panel.x + panel.width).toBeLessThanOrEqual(width);
    expect(panel.y).toBeGreaterThanOrEqual(0);
    expect(panel.y + panel.height).toBeLessThanOrEqual(height);
    await page.keyboard.press('Escape');
  }
  // The model's name is to be read.
  const name = page.locator('defect-top-bar .chip b');
  expect(await name.evaluate((one) => one.scrollWidth <= one.clientWidth)).toBe(true);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

test('a phone chooses the view by its name', async () => {
  const { page } = await stage.open({ width: 390, height: 844, like: TOUCHED });
  await work(page);
  await page.locator('summary[title="View: Overlay"]').click();
  await page.getByRole('button', { name: 'Wipe', exact: true }).click();
  await page.getByRole('slider', { name: 'Edge between the original and the defects' }).waitFor();
  await page.locator('summary[title="View: Wipe"]').waitFor();
});

test('from right to left, rows are mirrored, and nothing lies over anything else', async () => {
  const { page } = await stage.open();
  await page.evaluate(() => (document.documentElement.dir = 'rtl'));
  await work(page);
  const failed = photos(page).filter({ hasText: 'notes.txt' });
  const thumbnail = (await failed.locator('canvas').boundingBox())!;
  const actions = (await failed.locator('.actions').boundingBox())!;
  const row = (await failed.boundingBox())!;
  expect(actions.x + actions.width).toBeLessThanOrEqual(thumbnail.x);
  expect(row.x + row.width - (thumbnail.x + thumbnail.width)).toBeLessThan(12);
  expect(actions.x - row.x).toBeLessThan(12);
  await page.locator('summary[title="Export"]').click();
  const panel = (await page.locator('defect-menu [open] .panel').boundingBox())!;
  expect(panel.x).toBeGreaterThanOrEqual(0);
});

/** How many pixels of an element look different after something has happened. */
async function changed(element: Locator, act: () => Promise<unknown>): Promise<number> {
  const seen = async () =>
    sharp(await element.screenshot({ animations: 'disabled' }))
      .removeAlpha()
      .raw()
      .toBuffer();
  const before = await seen();
  await act();
  const after = await seen();
  expect(after.length).toBe(before.length);
  let count = 0;
  for (let i = 0; i < before.length; i += 3)
    if ([0, 1, 2].some((c) => Math.abs(before[i + c]! - after[i + c]!) > 40)) count++;
  return count;
}

test.each(['light', 'dark'] as const)('forced colours, %s, tell every state', async (colorScheme) => {
  const { page } = await stage.open({ like: { forcedColors: 'active', colorScheme } });
  await work(page);
  await page.mouse.move(720, 890);
  const inspected = photos(page).filter({ hasText: 'ball-screw-pitting.jpg' });
  const failed = photos(page).filter({ hasText: 'notes.txt' });
  const choose = (photo: Locator) => async () => {
    await photo.locator('.photo').evaluate((button: HTMLElement) => button.click());
    await page.locator('defect-viewer .stage[aria-busy="false"]').waitFor();
  };
  // The photo that is shown.
  expect(await changed(inspected, choose(failed))).toBeGreaterThan(300);
  await choose(inspected)();
  // What has become of a photo: the same sign in another shape.
  const state = failed.locator('.state');
  expect(
    await changed(state, () =>
      state.evaluate((one) => one.closest('li')!.classList.replace('failed', 'done')),
    ),
  ).toBeGreaterThan(4);
  // The focus.
  const boxes = page.getByRole('button', { name: 'Boxes', exact: true });
  const toolbar = page.locator('defect-viewer .toolbar');
  expect(
    await changed(toolbar, async () => {
      await page.getByRole('slider', { name: 'Opacity of the filling' }).focus();
      await page.keyboard.press('Tab');
    }),
  ).toBeGreaterThan(100);
  // A switch.
  expect(await changed(boxes, () => run(page, 'boxes.toggle'))).toBeGreaterThan(300);
  // The view.
  expect(
    await changed(page.locator('defect-top-bar fieldset'), () => run(page, 'view.next')),
  ).toBeGreaterThan(300);
  // The defect that is selected.
  const row = defectRows(page).first();
  expect(await changed(row, () => run(page, 'defect.next'))).toBeGreaterThan(1000);
  // A class that is hidden.
  const legend = page.locator('defect-details .legend button').first();
  expect(await changed(legend, () => legend.click())).toBeGreaterThan(100);
  // How far it is.
  const progress = page.locator('defect-queue progress');
  const setTo = (done: number) =>
    page.locator('defect-queue').evaluate((queue, done) => {
      const list = queue as HTMLElement & { updateComplete: Promise<boolean> };
      const totals = { total: 10, waiting: 10 - done, running: 0, done, failed: 0, cancelled: 0 };
      Object.assign(list, { totals });
      return list.updateComplete;
    }, done);
  await setTo(1);
  expect(await changed(progress, () => setTo(8))).toBeGreaterThan(100);
});

test('two clicks in haste lose nothing: what was removed is offered back for as long as somebody looks at it', async () => {
  const { page } = await stage.open();
  await page.clock.install();
  await work(page);
  await page.getByRole('button', { name: 'Clear the list' }).dblclick();
  await page.getByText('2 photos were removed.').waitFor();
  await page.getByRole('button', { name: 'Undo', exact: true }).hover();
  await page.clock.fastForward(60_000);
  await page.getByText('2 photos were removed.').waitFor();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await defectRows(page).first().waitFor();

  await page.getByRole('button', { name: 'Clear the list' }).click();
  await page.getByText('2 photos were removed.').waitFor();
  await page.mouse.move(5, 890);
  await page.clock.fastForward(8000);
  await page.getByText('2 photos were removed.').waitFor();
  await page.clock.fastForward(4000);
  await page.getByText('2 photos were removed.').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  await defectRows(page).first().waitFor();
});

test('a double click on “Cancel all” cancels, and does nothing else', async () => {
  const { page } = await stage.open();
  await drop(page, copiesOf(await sample('strip-scratches.jpg'), 12));
  await photos(page).nth(0).getByText('Done').waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Cancel all' }).dblclick();
  await page.getByText(/^\d+ done, \d+ cancelled$/).waitFor();
  expect(
    await page.evaluate(() => document.querySelector('defect-inspector')!.inspections.length),
  ).toBeGreaterThan(0);
  await page.getByText('12 photos', { exact: true }).waitFor();
});

test('the browser asks before the page is left with results that are in no file', async () => {
  const { page } = await stage.open();
  await work(page);
  let asked = 0;
  page.on('dialog', (dialog) => {
    asked += Number(dialog.type() === 'beforeunload');
    dialog.dismiss().catch(() => undefined);
  });
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => asked).toBe(1);
  expect(page.isClosed()).toBe(false);
  await defectRows(page).first().waitFor();
});
