/** Teaching as a newcomer meets it: led through a lesson on sample parts, marking with the mouse, learning, looking. */
import { expect, test } from 'vitest';
import { photos } from './files.js';
import { useStage } from './harness.js';
import { addPhotos, isShown, modelInUse, paint, run, samples, shownPhoto } from './lessons.js';

const stage = useStage();

test('a newcomer is led through a lesson: good photos, marks, learning, correcting, and what it finds by itself', async () => {
  const { photos: listed } = await samples();
  const marked = listed.filter(({ isTaught, isGood }) => isTaught && !isGood);
  // High enough for all rows of the list.
  const { page, errors } = await stage.open({ height: 1600 });
  await addPhotos(page, ['public/samples/ball-screw-pitting.jpg']);
  await page.getByText('3 defects').first().waitFor();
  await run(page, 'walk.start');
  const walk = page.getByRole('group', { name: 'Walk-through' });
  const step = walk.getByRole('status');

  await step.filter({ hasText: 'has no defect' }).waitFor();
  expect(await photos(page).count()).toBe(listed.length);
  await page.keyboard.press('g');
  await step.filter({ hasText: 'once for all' }).waitFor();
  await page.getByText('4 selected').waitFor();
  await page.keyboard.press('g');

  for (const { file, marks } of marked.slice(0, 3)) {
    await step.filter({ hasText: 'This one has a defect' }).waitFor();
    await isShown(page, file);
    await paint(page, marks[0]!.region);
    await step.filter({ hasText: 'Marked' }).waitFor();
    await walk.getByRole('button', { name: 'Go on' }).click();
  }
  await step.filter({ hasText: 'from two photos at least' }).waitFor();
  await walk.getByRole('button', { name: 'Do it for me' }).click();
  await step.filter({ hasText: 'Press Learn' }).waitFor();
  const learn = page.getByRole('list', { name: 'Steps' }).getByRole('button', { name: 'Learn' });
  await learn.click();

  // What it is least sure about depends on how it was painted: whoever looks sees whether something is wrong there.
  await step.filter({ hasText: 'least sure' }).waitFor({ timeout: 240_000 });
  const figures = page.getByRole('region', { name: 'What it can do' });
  expect(await figures.textContent()).toMatch(/Found in [4-6] of 6 marked photos/);
  await walk.getByRole('button', { name: 'Do it for me' }).click();
  const goOn = walk.getByRole('button', { name: 'Go on' });
  if (await goOn.isVisible()) await goOn.click();
  await step.filter({ hasText: /learn again|learns what|inspects all|by itself/i }).waitFor();
  if (await learn.isEnabled()) await learn.click();

  await step.filter({ hasText: 'found by itself' }).waitFor({ timeout: 240_000 });
  await expect
    .poll(() => page.getByRole('combobox', { name: 'Order of the photos' }).inputValue())
    .toBe('worst');
  const rows = await photos(page).allTextContents();
  const bad = new Set(listed.filter(({ isGood }) => !isGood).map(({ file }) => file));
  const outcome = rows.map((row) => ({
    isBad: bad.has(/cap-\d+\.webp/.exec(row)?.[0] ?? ''),
    defects: Number(/(\d+) defects? above/.exec(row)?.[1]),
  }));
  expect(outcome).toHaveLength(listed.length);
  const [first, last] = [outcome.slice(0, bad.size), outcome.slice(bad.size)];
  expect(first.filter(({ isBad, defects }) => isBad && defects > 0).length).toBeGreaterThanOrEqual(
    bad.size - 1,
  );
  expect(last.filter(({ defects }) => defects > 0).length).toBeLessThanOrEqual(2);
  // The photo that is shown is one of those on which it has found something, and which nobody has marked.
  const tried = listed.filter(({ isTaught, isGood }) => !isTaught && !isGood).map(({ file }) => file);
  expect(tried).toContain(await shownPhoto(page));

  await walk.getByRole('button', { name: 'Teach my own part' }).click();
  await page.getByRole('heading', { name: 'My part' }).waitFor();
  // What was there before is there again, inspected as it was, by the model of before.
  await expect.poll(() => photos(page).count()).toBe(1);
  expect(await shownPhoto(page)).toBe('ball-screw-pitting.jpg');
  await expect.poll(() => modelInUse(page)).toBe('surface-defects');
  expect(errors).toEqual([]);
}, 600_000);
