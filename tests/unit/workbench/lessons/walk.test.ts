import { expect, test } from 'vitest';
import { marksOf } from '../../../../src/workbench/lessons/lesson.js';
import { learntAs } from './learnt.js';
import { fakePage, file, settle, type FakePage } from '../fake-page.js';
import { banner } from '../said.js';

const region = { x: 4, y: 3, width: 2, height: 2, counts: '04' };
const SAMPLES = {
  part: 'anodised-cap',
  classes: [
    { id: 7, name: 'scratch' },
    { id: 9, name: 'dent' },
  ],
  photos: [
    { file: 'good-1.jpg', good: true, role: 'lesson', marks: [] },
    { file: 'good-2.jpg', good: true, role: 'lesson', marks: [] },
    { file: 'good-3.jpg', good: true, role: 'lesson', marks: [] },
    { file: 'dent-1.jpg', good: false, role: 'lesson', marks: [{ classId: 9, region }] },
    { file: 'try-1.jpg', good: false, role: 'try', marks: [{ classId: 7, region }] },
  ],
};

const UNREACHABLE = {};

async function walking(samples: unknown = SAMPLES): Promise<FakePage> {
  const page = fakePage();
  page.page.lessonSamples = 'https://page.test/samples/lesson.json';
  page.page.samples = samples === UNREACHABLE ? undefined : samples;
  page.bench.run('walk.start');
  await settle();
  return page;
}

const step = ({ bench }: FakePage) => {
  const { walk } = bench.state;
  return walk?.steps[walk.at]?.kind;
};
const shown = ({ bench }: FakePage) => bench.derived.current?.name;
const learnt = ({ bench }: FakePage): void =>
  bench.store.update({
    teaching: {
      ...bench.state.teaching!,
      learning: learntAs(),
    },
  });

test('it is offered where there are samples, and where teaching is', () => {
  const { bench, page } = fakePage();
  expect(bench.can('walk.start')).toBe(false);
  page.lessonSamples = 'https://page.test/samples/lesson.json';
  expect(bench.can('walk.start')).toBe(true);
  expect(bench.can('walk.skip')).toBe(false);
});

test('it brings the photos and a lesson with its kinds of defects', async () => {
  const { bench } = await walking();
  expect(bench.state.photos.map(({ name }) => name)).toEqual(SAMPLES.photos.map(({ file }) => file));
  expect(bench.state.photos[0]?.input).toBe('https://page.test/samples/good-1.jpg');
  expect(bench.state.teaching?.lesson).toMatchObject({
    name: 'anodised cap',
    classes: [{ name: 'scratch' }, { name: 'dent' }],
  });
});

test('it begins once, however often it is asked for meanwhile', async () => {
  const page = fakePage();
  page.page.lessonSamples = 'https://page.test/samples/lesson.json';
  page.page.samples = SAMPLES;
  page.bench.run('walk.start');
  page.bench.run('walk.start');
  await settle();
  expect(page.bench.state.photos).toHaveLength(SAMPLES.photos.length);
});

test('it offers the way back to a lesson that is left for it', async () => {
  const page = fakePage();
  const { bench } = page;
  page.page.lessonSamples = 'https://page.test/samples/lesson.json';
  page.page.samples = SAMPLES;
  bench.add([file('own.png')]);
  bench.run('lesson.start', { name: 'Gears' });
  bench.run('lesson.good');
  bench.run('walk.start');
  await settle();
  expect(banner(bench)?.text).toBe('Gears was closed without being saved.');
  bench.run('edit.undo');
  await settle();
  expect([bench.state.teaching?.lesson.name, bench.state.walk]).toEqual(['Gears', undefined]);
});

test('each step is done by doing, and shows what the next one is about', async () => {
  const page = await walking();
  const { bench } = page;
  expect([step(page), shown(page)]).toEqual(['good', 'good-1.jpg']);
  bench.run('lesson.good');
  await settle();
  expect([step(page), shown(page)]).toEqual(['good', 'good-2.jpg']);
  expect(bench.state.chosen).toHaveLength(2);
  bench.run('lesson.good');
  await settle();
  expect([step(page), shown(page)]).toEqual(['mark', 'dent-1.jpg']);
  const { lesson, classId, tool } = bench.state.teaching!;
  expect(lesson.classes.find(({ id }) => id === classId)?.name).toBe('dent');
  expect(tool).toBe('brush');
  bench.run('lesson.mark', { region: { x: 0, y: 0, width: 3, height: 3, counts: Uint32Array.of(0, 9) } });
  await settle();
  expect(step(page)).toBe('mark');
  bench.run('walk.skip');
  await settle();
  expect(step(page)).toBe('learn');
  learnt(page);
  await settle();
  expect(step(page)).toBe('look');
  bench.run('photo.show', { id: bench.state.photos[4]!.id });
  await settle();
  expect(step(page)).toBe('done');
});

test('it does what a step asks for when it is asked to', async () => {
  const page = await walking();
  const { bench } = page;
  for (const expected of ['good', 'mark']) {
    bench.run('walk.show-me');
    await settle();
    expect(step(page)).toBe(expected);
  }
  expect([...bench.state.teaching!.lesson.photos.values()].map(({ isGood }) => isGood)).toEqual([
    true,
    true,
    true,
  ]);
  bench.run('walk.show-me');
  await settle();
  const { lesson } = bench.state.teaching!;
  expect(marksOf(lesson, bench.state.photos[3]!.id)).toMatchObject([
    {
      classId: lesson.classes[1]!.id,
      region: { x: 4, y: 3, width: 2, height: 2, counts: Uint32Array.of(0, 4) },
    },
  ]);
  bench.run('photo.next');
  await settle();
  expect(step(page)).toBe('learn');
  learnt(page);
  await settle();
  // The photo that is shown is one of those for trying already.
  expect(step(page)).toBe('done');
});

test('photos that are gone are not waited for', async () => {
  const page = await walking();
  const { bench } = page;
  for (const { id } of bench.state.photos.slice(0, 3)) bench.run('photo.remove', { id });
  await settle();
  expect([step(page), shown(page)]).toEqual(['mark', 'dent-1.jpg']);
});

test('it ends when it is left, or when its lesson is closed; the lesson stays where it was left', async () => {
  const page = await walking();
  page.bench.run('walk.leave');
  await settle();
  expect(page.bench.state.walk).toBeUndefined();
  expect(page.bench.state.teaching).toBeDefined();
  const other = await walking();
  other.bench.run('lesson.close');
  await settle();
  expect(other.bench.state.walk).toBeUndefined();
});

test('it makes room for a part of one’s own, and that can be undone', async () => {
  const { bench } = await walking();
  bench.run('walk.own-part');
  await settle();
  expect(bench.state.photos).toEqual([]);
  expect(bench.state.teaching?.lesson.name).toBe('My part');
  bench.run('edit.undo');
  expect(bench.state.photos).toHaveLength(5);
});

test.each([
  ['nothing', null],
  ['no connection', UNREACHABLE],
  ['no list', []],
  ['no photo to learn from', { ...SAMPLES, photos: [] }],
  [
    'a photo of which nothing is known',
    { ...SAMPLES, photos: [SAMPLES.photos[0], { ...SAMPLES.photos[3], marks: [] }] },
  ],
  [
    'marks that are none',
    { ...SAMPLES, photos: [SAMPLES.photos[0], { ...SAMPLES.photos[3], marks: [{ classId: 9 }] }] },
  ],
])('says that the samples can’t be had: %s', async (_, samples) => {
  const { bench } = await walking(samples);
  expect(bench.state.troubles.map(({ data }) => data.reason)).toEqual(['lesson-samples-not-loaded']);
  expect(bench.state.photos).toEqual([]);
  expect(bench.state.walk).toBeUndefined();
});
