/** The main job on the built page: photos in, defects out, and what may go wrong on the way. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { copiesOf, defectRows, drop, photos, sample, textFile, truncated } from './files.js';
import { useStage } from './harness.js';

const stage = useStage();

test('a sample, two clicks from the start, shows its defects', async () => {
  const { page, errors } = await stage.open();
  await page.getByRole('button', { name: 'Ball screw, pitting' }).click();
  await defectRows(page).first().waitFor();
  expect(await defectRows(page).count()).toBeGreaterThanOrEqual(2);
  expect(await photos(page).count()).toBe(1);
  // What the photo is and how well it can be seen stands beside it.
  await page
    .getByText(/1280 × 853 px seen at 480 × 320/)
    .filter({ visible: true })
    .waitFor();
  await page
    .getByText(/Trained on/)
    .filter({ visible: true })
    .first()
    .waitFor();
  expect(errors).toEqual([]);
});

test('the slider filters without running the model again', async () => {
  const { page } = await stage.open();
  await page.evaluate(() => {
    const counter = window as unknown as { results: number };
    counter.results = 0;
    document.querySelector('defect-inspector')!.addEventListener('defect-result', () => counter.results++);
  });
  await drop(page, [await sample()]);
  await defectRows(page).first().waitFor();
  const before = await defectRows(page).count();
  const slider = page.getByRole('slider', { name: 'Confidence' });
  await slider.focus();
  await page.keyboard.press('Home');
  await expect.poll(() => defectRows(page).count()).toBeGreaterThan(before);
  await page.keyboard.press('End');
  await expect.poll(() => defectRows(page).count()).toBe(0);
  await page.getByText('Nothing found above the threshold').filter({ visible: true }).first().waitFor();
  await page.getByRole('button', { name: 'Auto', exact: true }).click();
  await expect.poll(() => defectRows(page).count()).toBe(before);
  expect(await page.evaluate(() => (window as unknown as { results: number }).results)).toBe(1);
});

test('a row selects its defect, and zooming to it follows', async () => {
  const { page } = await stage.open();
  await drop(page, [await sample()]);
  const second = defectRows(page).nth(1);
  await second.click();
  expect(await second.getAttribute('aria-selected')).toBe('true');
  expect(await defectRows(page).first().getAttribute('aria-selected')).toBe('false');
  const zoom = () =>
    page
      .locator('defect-viewer')
      .getByText(/^\d+ %$/)
      .first()
      .innerText();
  const before = parseInt(await zoom());
  await page.keyboard.press('Enter');
  await expect.poll(async () => parseInt(await zoom())).toBeGreaterThan(before);
});

test('one bad file never stops the others, and says what is wrong with it', async () => {
  const { page } = await stage.open();
  await drop(page, [await truncated(), textFile, await sample()]);
  await expect.poll(() => photos(page).filter({ hasText: 'Done' }).count(), { timeout: 60_000 }).toBe(1);
  expect(await photos(page).filter({ hasText: 'Failed' }).count()).toBe(2);
  await page.getByText('This JPEG file is damaged or incomplete').first().waitFor();
  await photos(page).filter({ hasText: 'notes.txt' }).getByRole('button').first().click();
  await page.getByText('This is not a photo that can be read').first().waitFor();
  await page.getByRole('button', { name: 'Choose another photo' }).waitFor();
});

test('cancelling one photo leaves the rest, cancelling all leaves what is done', async () => {
  const { page } = await stage.open();
  // So many that no machine is done before the click.
  await drop(page, copiesOf(await sample('strip-scratches.jpg'), 16));
  // Its button appears, and takes clicks, while the pointer is over the photo.
  await photos(page).nth(3).hover();
  await page.getByRole('button', { name: 'Cancel part-3.jpg' }).click();
  await photos(page).nth(3).getByText('Cancelled').waitFor();
  await photos(page).nth(0).getByText('Done').waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Cancel all' }).click();
  await expect
    .poll(() =>
      photos(page)
        .filter({ hasText: /Waiting|Inspecting/ })
        .count(),
    )
    .toBe(0);
  expect(await photos(page).nth(0).getByText('Done').count()).toBe(1);
  expect(await photos(page).filter({ hasText: 'Cancelled' }).count()).toBeGreaterThanOrEqual(2);
  // A cancelled worker is replaced: the next photo goes through.
  await photos(page).nth(3).hover();
  await page.getByRole('button', { name: 'Retry part-3.jpg' }).click();
  await photos(page).nth(3).getByText('Done').waitFor({ timeout: 60_000 });
});

test('results download as CSV, JSON and COCO, for one photo and for all', async () => {
  const { page } = await stage.open();
  await drop(page, [await sample(), await sample('strip-patches.jpg')]);
  await expect.poll(() => photos(page).filter({ hasText: 'Done' }).count(), { timeout: 60_000 }).toBe(2);
  const save = async (name: string) => {
    await page.locator('summary[title="Export"]').click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name }).click();
    return readFile(await (await download).path(), 'utf8');
  };
  const rows = (await save('CSV, this photo')).trim().split('\r\n');
  expect(rows[0]).toContain('class');
  expect(rows.length).toBe(1 + (await defectRows(page).count()));
  const json = JSON.parse(await save('JSON, all photos')) as { inspections: { detections: unknown[] }[] };
  expect(json.inspections).toHaveLength(2);
  const coco = JSON.parse(await save('COCO, all photos')) as {
    images: { file_name: string }[];
    annotations: { segmentation: { counts: string } }[];
  };
  expect(coco.images.map(({ file_name }) => file_name)).toEqual([
    'ball-screw-pitting.jpg',
    'strip-patches.jpg',
  ]);
  expect(coco.annotations.length).toBe(
    json.inspections.reduce((sum, { detections }) => sum + detections.length, 0),
  );
});

test('usage figures are counted here and shown', async () => {
  const { page } = await stage.open();
  await drop(page, [await sample(), textFile]);
  await photos(page).filter({ hasText: 'Failed' }).waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Usage' }).click();
  const dialog = page.getByRole('dialog', { name: 'Usage on this device' });
  await dialog.getByRole('row', { name: 'Photos inspected 1' }).waitFor();
  await dialog.getByRole('row', { name: /unsupported-image.*1/ }).waitFor();
});

test('a model that is missing is a banner with a way out, and photos keep', async () => {
  const { page } = await stage.open({ url: `${stage.site.url}?model=missing.onnx` });
  await drop(page, [await sample()]);
  // The chain: the model asked for, then the shipped one, and a sentence about it.
  await defectRows(page).first().waitFor({ timeout: 60_000 });
  await page
    .getByText(/missing\.onnx/)
    .first()
    .waitFor();
});
