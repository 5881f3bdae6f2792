import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import type { Region } from '../../../../src/core/types.js';
import { marksOf } from '../../../../src/workbench/lessons/lesson.js';
import type { Workbench } from '../../../../src/workbench/workbench.js';
import { fakePage, file, settle } from '../fake-page.js';
import { announcement, banner } from '../said.js';

const box = (x: number, y = 0, width = 10, height = 10): Region => ({
  ...{ x, y, width, height },
  counts: Uint32Array.of(0, width * height),
});

/** A workbench with photos, at which somebody has begun to teach. */
async function teaching(...photos: string[]) {
  const page = fakePage();
  page.bench.add(photos.map(file));
  await settle();
  page.bench.run('lesson.start', { name: 'Gears' });
  return page;
}

/** The lesson in short: its classes, and by photo what is said of it. */
function taught({ state, photos }: Workbench): string | undefined {
  if (!state.teaching) return undefined;
  const { lesson } = state.teaching;
  const { classes } = lesson;
  const name = (classId: number) => classes.find(({ id }) => id === classId)!.name;
  const said = photos.entries.flatMap((entry) => {
    const one = lesson.photos.get(entry.id);
    if (!one) return [];
    const marks = marksOf(lesson, entry.id).map(
      ({ classId, region }) => `${name(classId)}@${region.x}+${region.width}`,
    );
    return `${entry.name} ${one.isGood ? 'good' : marks.join(' ')}`;
  });
  return [`[${classes.map((one) => one.name).join(' ')}]`, ...said].join(' ');
}

/** What is taught after each of so many steps back, then after each step forth. */
function thereAndBack(bench: Workbench, steps: number) {
  const back = Array.from({ length: steps }, () => (bench.run('edit.undo'), taught(bench)));
  const forth = Array.from({ length: steps }, () => (bench.run('edit.redo'), taught(bench)));
  return { back, forth };
}

test('nobody teaches until somebody begins, and not where a page does not offer it', async () => {
  const { bench, page } = fakePage();
  expect([bench.state.teaching, bench.run('lesson.close'), bench.run('lesson.good')]).toEqual([
    undefined,
    false,
    false,
  ]);
  page.offersTeaching = false;
  expect([bench.run('lesson.start'), bench.state.teaching]).toEqual([false, undefined]);
  page.offersTeaching = true;
  expect(bench.run('lesson.start')).toBe(true);
  expect(bench.state.teaching).toMatchObject({
    lesson: { name: 'My part' },
    classId: undefined,
    tool: 'move',
    learning: { kind: 'not-yet' },
    isOutdated: false,
    isSaved: true,
    next: [],
  });
});

test('every edit can be undone and redone', async () => {
  const { bench } = await teaching('a.png', 'b.png');
  const steps: (string | undefined)[] = [taught(bench)];
  const step = () => steps.push(taught(bench));
  const [a, b] = bench.photos.entries.map(({ id }) => id) as [number, number];
  bench.run('lesson.add-class', { name: ' pit ' });
  step();
  bench.run('lesson.mark', { region: box(0) });
  step();
  bench.run('lesson.mark', { region: box(5) });
  step();
  bench.run('lesson.add-class', { name: 'crack' });
  step();
  bench.run('lesson.mark', { photo: b, region: box(40) });
  step();
  bench.run('lesson.erase', { region: box(0, 0, 2) });
  step();
  bench.run('lesson.change-class', { id: 1, name: 'dent' });
  step();
  bench.run('lesson.change-mark', { photo: b, id: 2, classId: 1 });
  step();
  bench.run('lesson.remove-mark', { id: marksOf(bench.state.teaching!.lesson, a)[0]!.id });
  step();
  bench.run('lesson.good', { ids: [a, b] });
  step();
  bench.run('lesson.remove-class', { id: 2 });
  step();
  expect(steps).toEqual([
    '[]',
    '[pit]',
    '[pit] a.png pit@0+10',
    '[pit] a.png pit@0+15',
    '[pit crack] a.png pit@0+15',
    '[pit crack] a.png pit@0+15 b.png crack@40+10',
    '[pit crack] a.png pit@2+13 b.png crack@40+10',
    '[dent crack] a.png dent@2+13 b.png crack@40+10',
    '[dent crack] a.png dent@2+13 b.png dent@40+10',
    '[dent crack] b.png dent@40+10',
    '[dent crack] a.png good b.png good',
    '[dent] a.png good b.png good',
  ]);
  const { back, forth } = thereAndBack(bench, steps.length - 1);
  expect(back).toEqual(steps.slice(0, -1).toReversed());
  expect(forth).toEqual(steps.slice(1));
});

test('there is no limit to undoing a lesson, and the other edits keep theirs', async () => {
  const { bench } = await teaching('a.png');
  for (let i = 0; i < 40; i++) {
    bench.run('class.toggle', { id: 1 });
    bench.run('lesson.mark', { region: box(20 * i) });
  }
  let undone = 0;
  while (bench.run('edit.undo')) undone++;
  expect([undone, taught(bench)]).toEqual([40 + 30, '[]']);
  while (bench.run('edit.redo'));
  expect(marksOf(bench.state.teaching!.lesson, bench.state.currentId!)).toHaveLength(40);
});

test('undoing shows the photo on which it happened', async () => {
  const { bench } = await teaching('a.png', 'b.png');
  const [a, b] = bench.photos.entries.map(({ id }) => id) as [number, number];
  bench.run('lesson.mark', { region: box(0) });
  bench.run('photo.show', { id: b });
  bench.run('edit.undo');
  expect(bench.state.currentId).toBe(a);
});

describe('classes', () => {
  test('have a name each, and the chosen one is that of the next mark', async () => {
    const { bench } = await teaching('a.png');
    bench.run('lesson.add-class', { name: 'pit' });
    for (const name of ['', '  ', ' PIT']) expect(bench.run('lesson.add-class', { name }), name).toBe(false);
    bench.run('lesson.add-class', { name: 'crack' });
    expect(bench.state.teaching?.classId).toBe(2);
    expect(bench.run('lesson.change-class', { id: 2, name: 'Pit' })).toBe(false);
    expect(bench.run('lesson.change-class', { id: 2, color: 'red' })).toBe(false);
    expect(bench.run('lesson.change-class', { id: 2, name: 'Crack', color: '#ff0000' })).toBe(true);
    expect(bench.state.teaching?.lesson.classes[1]).toEqual({ id: 2, name: 'Crack', color: '#ff0000' });
    expect([bench.run('lesson.class-number', { number: 1 }), announcement(bench)]).toEqual([
      true,
      'Marking pit.',
    ]);
    expect(bench.run('lesson.class-number', { number: 3 })).toBe(false);
    bench.run('lesson.mark', { region: box(0) });
    expect(taught(bench)).toBe('[pit Crack] a.png pit@0+10');
    bench.run('lesson.remove-class', { id: 1 });
    expect([taught(bench), bench.state.teaching?.classId, banner(bench)?.text]).toEqual([
      '[Crack]',
      2,
      'pit was removed, with all that was marked as it.',
    ]);
  });

  test('a colour that is dragged is undone as one', async () => {
    const { bench } = await teaching('a.png');
    bench.run('lesson.add-class', { name: 'pit' });
    for (const color of ['#000001', '#000002', '#000003']) bench.run('lesson.change-class', { id: 1, color });
    bench.run('edit.undo');
    expect(bench.state.teaching?.lesson.classes).toEqual([{ id: 1, name: 'pit' }]);
  });

  test('the first mark of a lesson without any makes one', async () => {
    const { bench } = await teaching('a.png');
    bench.run('lesson.mark', { region: box(0) });
    expect([taught(bench), bench.state.teaching?.classId, announcement(bench)]).toEqual([
      '[defect] a.png defect@0+10',
      1,
      '1 mark in this photo.',
    ]);
    bench.run('edit.undo');
    expect(taught(bench)).toBe('[]');
  });
});

test('what was found becomes a mark of the class of its name', async () => {
  const { bench } = await teaching('a.png');
  const { detections } = bench.derived.inspection!;
  bench.run('lesson.add-class', { name: 'Crack' });
  expect(bench.run('lesson.accept', { detection: 2 })).toBe(true);
  expect(bench.run('lesson.accept', { detection: 3 })).toBe(true);
  expect(bench.run('lesson.accept', { detection: 9 })).toBe(false);
  expect(taught(bench)).toBe('[Crack pitting] a.png Crack@62+26 pitting@203+54');
  expect(marksOf(bench.state.teaching!.lesson, bench.state.currentId!)[0]!.region).toBe(detections[1]!.mask);
});

test('what programs give is looked at', async () => {
  const { bench } = await teaching('a.png');
  const torn = { ...box(0), counts: Uint32Array.of(0, 7) };
  const empty = { ...box(0), counts: Uint32Array.of(100) };
  for (const region of [torn, empty]) expect(bench.run('lesson.mark', { region })).toBe(false);
  expect(bench.run('lesson.mark', { photo: 99, region: box(0) })).toBe(false);
  expect(bench.run('lesson.good', { ids: [1, 99] })).toBe(false);
  expect(bench.run('lesson.tool', { tool: 'hammer' as never })).toBe(false);
  expect(bench.run('lesson.brush', { radius: NaN })).toBe(false);
  bench.run('lesson.brush', { radius: 1e9 });
  bench.run('lesson.tool', { tool: 'brush' });
  expect(bench.state.teaching).toMatchObject({ brush: 500, tool: 'brush' });
  expect(bench.history.canUndo).toBe(false);
});

test('good photos: one key calls them good, or takes that back', async () => {
  const { bench } = await teaching('a.png', 'b.png');
  bench.run('lesson.good');
  expect([taught(bench), announcement(bench)]).toEqual(['[] a.png good', '1 photo called good.']);
  const ids = bench.photos.entries.map(({ id }) => id);
  bench.run('lesson.good', { ids });
  expect(taught(bench)).toBe('[] a.png good b.png good');
  bench.run('lesson.good', { ids });
  expect([taught(bench), announcement(bench)]).toEqual(['[]', '2 photos no longer called good.']);
});

describe('photos that are taken from the list', () => {
  test('leave the lesson, and come back to it', async () => {
    const { bench } = await teaching('a.png', 'b.png');
    bench.run('lesson.mark', { region: box(0) });
    bench.run('photo.remove');
    expect(taught(bench)).toBe('[defect]');
    bench.run('edit.undo');
    expect(taught(bench)).toBe('[defect] a.png defect@0+10');
    bench.run('edit.redo');
    bench.run('lesson.add-class', { name: 'crack' });
    bench.run('edit.undo');
    expect(taught(bench)).toBe('[defect]');
    bench.run('edit.undo');
    bench.run('edit.undo');
    expect(taught(bench)).toBe('[]');
  });

  test('for good, are in no former lesson either', async () => {
    const { bench } = await teaching('a.png');
    bench.run('lesson.mark', { region: box(0) });
    bench.run('lesson.good');
    bench.clear();
    expect(bench.state.teaching!.lesson.photos.size).toBe(0);
    bench.run('edit.undo');
    expect(bench.state.teaching!.lesson.photos.size).toBe(0);
  });
});

describe('a lesson that is not saved', () => {
  test('is asked about when the page is left', async () => {
    const { bench } = await teaching();
    expect(bench.hasUnsaved).toBe(false);
    bench.run('lesson.add-class', { name: 'pit' });
    expect(bench.hasUnsaved).toBe(false);
    bench.add([file('a.png')]);
    bench.run('lesson.good');
    expect([bench.state.teaching?.isSaved, bench.hasUnsaved]).toEqual([false, true]);
  });

  test('is closed with a way back', async () => {
    const { bench } = await teaching('a.png');
    bench.run('lesson.mark', { region: box(0) });
    bench.run('lesson.close');
    expect([bench.state.teaching, banner(bench)?.text]).toEqual([
      undefined,
      'Gears was closed without being saved.',
    ]);
    bench.run('edit.undo');
    expect(taught(bench)).toBe('[defect] a.png defect@0+10');
    // With what can be undone of it.
    bench.run('edit.undo');
    expect(taught(bench)).toBe('[]');
  });

  test('gives way to another one, and comes back when that is undone', async () => {
    const { bench } = await teaching('a.png');
    bench.run('lesson.good');
    bench.run('lesson.start', { name: 'Other' });
    expect([bench.state.teaching?.lesson.name, taught(bench)]).toEqual(['Other', '[]']);
    expect(banner(bench)?.text).toBe('Gears was closed without being saved.');
    bench.run('edit.undo');
    expect([bench.state.teaching?.lesson.name, taught(bench)]).toEqual(['Gears', '[] a.png good']);
  });

  test('is offered until somebody closes the notice, whatever else is done', async () => {
    const { bench } = await teaching('a.png', 'b.png');
    bench.run('lesson.good');
    bench.run('lesson.start', { name: 'Other' });
    bench.run('lesson.mark', { region: box(0) });
    bench.add([file('c.png')]);
    // What was done last is undone first, and then nothing: the lesson was begun by a button.
    bench.run('edit.undo');
    expect([taught(bench), bench.can('edit.undo')]).toEqual(['[]', false]);
    bench.run('edit.redo');
    expect(banner(bench)).toMatchObject({
      text: 'Gears was closed without being saved.',
      buttons: [{ command: 'lesson.back', text: 'Undo' }],
    });
    bench.run('lesson.back');
    expect([bench.state.teaching?.lesson.name, taught(bench)]).toEqual(['Gears', '[] a.png good']);
    // The other one is offered in turn.
    expect(banner(bench)?.text).toBe('Other was closed without being saved.');
    bench.run('notice.dismiss', { subject: bench.state.left! });
    expect([bench.state.left, banner(bench), bench.run('lesson.back')]).toEqual([
      undefined,
      undefined,
      false,
    ]);
    expect(bench.state.dismissed.size).toBe(0);
  });
});

describe('undo ends where the lesson was begun', () => {
  test('and does not close it, nor change another one', async () => {
    const { bench } = await teaching('a.png', 'b.png');
    bench.run('lesson.mark', { region: box(0) });
    bench.run('lesson.start', { name: 'Other' });
    bench.run('notice.dismiss', { subject: bench.state.left! });
    bench.run('lesson.good');
    let undone = 0;
    while (bench.run('edit.undo')) undone++;
    expect([undone, bench.state.teaching?.lesson.name, taught(bench)]).toEqual([1, 'Other', '[]']);
    let redone = 0;
    while (bench.run('edit.redo')) redone++;
    expect([redone, taught(bench)]).toEqual([1, '[] a.png good']);
  });

  test('other edits that were made before can be undone as ever', async () => {
    const { bench } = await teaching('a.png', 'b.png');
    bench.run('lesson.mark', { region: box(0) });
    bench.run('photo.remove');
    bench.run('lesson.start', { name: 'Other' });
    bench.run('edit.undo');
    expect([bench.photos.entries.length, bench.state.teaching?.lesson.name, taught(bench)]).toEqual([
      2,
      'Other',
      '[]',
    ]);
  });

  test('and nothing of a lesson that was left stays in memory', async () => {
    const { bench } = await teaching('a.png');
    const features = new WeakRef(bench.state.teaching!.features);
    bench.run('lesson.good');
    bench.run('lesson.start', { name: 'Other' });
    expect(bench.history.canUndo).toBe(false);
    bench.run('notice.dismiss', { subject: bench.state.left! });
    expect(await isForgotten(features)).toBe(true);
  });
});

/** Whether an object is reached from nowhere any more. */
async function isForgotten(ref: WeakRef<object>): Promise<boolean> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let i = 0; i < 5 && ref.deref(); i++) {
    await settle();
    collect();
  }
  return ref.deref() === undefined;
}

describe('photos that were chosen together', () => {
  test('are taken from the list together, and come back', async () => {
    const { bench } = await teaching('a.png', 'b.png', 'c.png');
    const [a, , c] = bench.photos.entries.map(({ id }) => id);
    bench.run('photos.select', { ids: [a!, c!] });
    bench.run('photos.remove');
    expect([bench.photos.entries.map(({ name }) => name), banner(bench)?.text]).toEqual([
      ['b.png'],
      '2 photos were removed.',
    ]);
    bench.run('edit.undo');
    expect(bench.photos.entries.map(({ name }) => name)).toEqual(['a.png', 'b.png', 'c.png']);
    bench.run('photo.show', { id: c! });
    bench.run('photos.remove');
    expect(bench.photos.entries.map(({ name }) => name)).toEqual(['a.png', 'b.png']);
  });
});

test('a lesson can be renamed', async () => {
  const { bench } = await teaching();
  expect(bench.run('lesson.rename', { name: ' ' })).toBe(false);
  expect(bench.run('lesson.rename', { name: 'x'.repeat(257) })).toBe(false);
  bench.run('lesson.rename', { name: ' Shafts ' });
  expect(bench.state.teaching?.lesson.name).toBe('Shafts');
  bench.run('edit.undo');
  expect(bench.state.teaching?.lesson.name).toBe('Gears');
});
