import { describe, expect, test, vi } from 'vitest';
import type { ScoreMap } from '../../../../src/core/regions/score-map.js';
import type { DetectorOptions } from '../../../../src/detector/types.js';
import { sha256 } from '../../../../src/model/hash.js';
import { marksOf } from '../../../../src/workbench/lessons/lesson.js';
import { isMarked, walkMessage, type WalkStep } from '../../../../src/workbench/lessons/walk-steps.js';
import { fakePage, file, settle, type FakePage } from '../fake-page.js';
import { detection, FakeDetector, inspection, MODEL } from '../fakes.js';
import { banner } from '../said.js';
import { FakeTeacher } from './taught.js';

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
    { file: 'dent-2.jpg', good: false, role: 'lesson', marks: [{ classId: 9, region }] },
    { file: 'try-1.jpg', good: true, role: 'try', marks: [] },
    { file: 'try-2.jpg', good: false, role: 'try', marks: [{ classId: 7, region }] },
    { file: 'try-3.jpg', good: false, role: 'try', marks: [{ classId: 7, region }] },
  ],
};

const UNREACHABLE = {};

/** How high one place of a photo scores by what was learnt; the model reports what scores 0.6 or more. */
const SCORES = new Map([
  ['try-1.jpg', 0.1],
  ['try-2.jpg', 0.48],
  ['try-3.jpg', 0.9],
]);

interface Walking extends FakePage {
  readonly teacher: FakeTeacher;
  readonly scores: Map<string, number>;
}

/** A page on which models are told apart by their files, and what was learnt finds what its scores say. */
function walkingPage(): Walking {
  const [teacher, scores] = [new FakeTeacher(), new Map(SCORES)];
  const page = fakePage(async ({ model }: DetectorOptions = {}) => {
    const hash = model instanceof Blob ? await sha256(await model.arrayBuffer()) : MODEL.hash;
    const info = { ...MODEL, hash };
    const made = new FakeDetector((name) => {
      const score = scores.get(name) ?? 0.01;
      const found = [detection(1, score, [8, 8, 40, 40])];
      return inspection(name, model && score >= 0.5 ? found : [], {
        model: info,
        ...(model && { map: mapOf(score) }),
      });
    });
    return Object.assign(made, { model: info });
  });
  page.page.teacher = teacher.teach;
  page.page.lessonSamples = 'https://page.test/samples/lesson.json';
  page.page.samples = SAMPLES;
  return Object.assign(page, { teacher, scores });
}

/** One cell scores that high, the others nothing. */
const mapOf = (score: number): ScoreMap => ({
  ...{ x: 0, y: 0, step: 8, width: 3, height: 3, classes: 1 },
  data: Float32Array.of(0, 0, 0, 0, 0, score, 0, 0, 0),
});

async function walking(samples: unknown = SAMPLES): Promise<Walking> {
  const page = walkingPage();
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
const sentence = ({ bench: { state } }: FakePage) => walkMessage(state.walk!, state.teaching!, true).reason;

/** What was asked for last is learnt, and all photos are inspected by it. */
async function learnt({ bench, teacher }: Walking): Promise<void> {
  await settle();
  teacher.end();
  await vi.waitFor(() => expect(bench.state.teaching!.learning.kind).toBe('learnt'));
  await vi.waitFor(() => expect(bench.state.totals.done).toBe(bench.state.totals.total));
  await settle();
}

/** Everything is done for somebody, up to a step. */
async function walkTo(page: Walking, kind: WalkStep['kind']): Promise<void> {
  for (let i = 0; i < 20 && step(page) !== kind; i++) {
    const before = page.teacher.asked.length;
    page.bench.run('walk.show-me');
    await settle();
    if (page.teacher.asked.length > before) await learnt(page);
    const { walk, teaching } = page.bench.state;
    if (walk && isMarked(walk, teaching!.lesson)) page.bench.run('walk.skip');
    await settle();
  }
  expect(step(page)).toBe(kind);
}

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

test('nothing is inspected until something is learnt', async () => {
  const page = await walking();
  const { bench } = page;
  expect([bench.state.isPaused, bench.state.totals.done]).toEqual([true, 0]);
  await walkTo(page, 'correct');
  expect([bench.state.isPaused, bench.state.totals.done]).toEqual([false, SAMPLES.photos.length]);
});

test('whoever leaves it before that has all photos inspected', async () => {
  const { bench } = await walking();
  bench.run('walk.leave');
  await settle();
  expect(bench.state.totals.done).toBe(SAMPLES.photos.length);
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
  expect(bench.state.photos.map(({ name }) => name)).not.toContain('own.png');
  bench.run('edit.undo');
  await settle();
  expect([bench.state.teaching?.lesson.name, bench.state.walk]).toEqual(['Gears', undefined]);
  expect(bench.state.photos.map(({ name }) => name)).toEqual(['own.png']);
  expect(bench.state.teaching?.lesson.photos.size).toBe(1);
  expect(banner(bench)).toBeUndefined();
});

test('each step is done by doing, and shows what the next one is about', async () => {
  const page = await walking();
  const { bench } = page;
  const region = { x: 0, y: 0, width: 3, height: 3, counts: Uint32Array.of(0, 9) };
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
  bench.run('lesson.mark', { region });
  await settle();
  expect([step(page), sentence(page)]).toEqual(['mark', 'marked']);
  bench.run('walk.skip');
  await settle();
  expect([step(page), shown(page), sentence(page)]).toEqual(['mark-more', 'dent-2.jpg', 'mark-more']);
  bench.run('lesson.mark', { region });
  await settle();
  expect([step(page), sentence(page)]).toEqual(['mark-more', 'marked']);
  bench.run('walk.skip');
  expect(step(page)).toBe('learn');
  bench.run('lesson.learn');
  await settle();
  expect(sentence(page)).toBe('learning');
  await learnt(page);
  // It is least sure about the one whose score is nearest to the threshold.
  expect([step(page), shown(page), sentence(page)]).toEqual(['correct', 'try-2.jpg', 'correct-mark']);
  expect(bench.state.teaching).toMatchObject({ tool: 'brush', classId: 1, place: { x: 20, y: 12 } });
  bench.run('lesson.mark', { region });
  await settle();
  expect([step(page), sentence(page)]).toEqual(['correct', 'marked']);
  bench.run('walk.skip');
  expect([step(page), sentence(page)]).toEqual(['learn-again', 'learn-again']);
  bench.run('lesson.learn');
  await learnt(page);
  expect([step(page), shown(page), sentence(page)]).toEqual(['done', 'try-3.jpg', 'found']);
});

test('it does what a step asks for when it is asked to', async () => {
  const page = await walking();
  const { bench } = page;
  await walkTo(page, 'learn');
  const { lesson } = bench.state.teaching!;
  expect([...lesson.photos.values()].map(({ isGood }) => isGood)).toEqual([true, true, true, false, false]);
  expect(marksOf(lesson, bench.state.photos[3]!.id)).toMatchObject([
    {
      classId: lesson.classes[1]!.id,
      region: { x: 4, y: 3, width: 2, height: 2, counts: Uint32Array.of(0, 4) },
    },
  ]);
  await walkTo(page, 'done');
  expect(marksOf(bench.state.teaching!.lesson, bench.state.photos[6]!.id)).toHaveLength(1);
});

test('a good photo about which it is least sure is called good', async () => {
  const page = await walking();
  page.scores.set('try-1.jpg', 0.51);
  page.scores.set('try-2.jpg', 0.02);
  await walkTo(page, 'correct');
  expect([shown(page), sentence(page), page.bench.state.teaching!.tool]).toEqual([
    'try-1.jpg',
    'correct-good',
    'move',
  ]);
  page.bench.run('lesson.good');
  await settle();
  expect(step(page)).toBe('learn-again');
});

test('at its end it shows a photo on which something was found, and claims nothing where there is none', async () => {
  const page = await walking();
  page.scores.clear();
  await walkTo(page, 'done');
  expect(sentence(page)).toBe('done');
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

describe('the page after it is as it was before', () => {
  const names = ({ bench }: FakePage) => bench.state.photos.map(({ name }) => name);
  const samples = SAMPLES.photos.map(({ file }) => file);

  /** A walk-through that has been begun beside a photo of one's own, and was learnt. */
  async function learntBeside() {
    const page = walkingPage();
    const { bench } = page;
    bench.add([file('own-1.png'), file('own-2.png')]);
    await settle();
    const results = bench.state.photos.map(({ output }) => output);
    bench.run('walk.start');
    await settle();
    expect(names(page)).toEqual(samples);
    await walkTo(page, 'done');
    expect(bench.state.library.choice?.kind).toBe('visit');
    return { ...page, results };
  }

  test('whoever goes on with an own part has own photos alone, and the model of before', async () => {
    const page = await learntBeside();
    const { bench, results } = page;
    bench.run('walk.own-part');
    await settle();
    expect(names(page)).toEqual(['own-1.png', 'own-2.png']);
    expect(bench.state.photos.map(({ output }) => output)).toEqual(results);
    expect(bench.state.library.choice?.kind).toBe('shipped');
    expect([bench.state.teaching?.lesson.name, bench.state.walk]).toEqual(['My part', undefined]);
    // Whoever goes on has learnt what it was for.
    expect(banner(bench)).toBeUndefined();
    bench.run('edit.undo');
    await settle();
    expect(names(page)).toEqual(['own-1.png', 'own-2.png', ...samples]);
  });

  test('so does whoever closes its lesson', async () => {
    const page = await learntBeside();
    const { bench } = page;
    bench.run('lesson.close');
    await settle();
    expect(names(page)).toEqual(['own-1.png', 'own-2.png']);
    expect([bench.state.library.choice?.kind, shown(page)]).toEqual(['shipped', 'own-1.png']);
  });

  test('whoever leaves it has all photos, until its lesson is closed', async () => {
    const page = await learntBeside();
    const { bench } = page;
    bench.run('walk.leave');
    await settle();
    expect(names(page)).toEqual(['own-1.png', 'own-2.png', ...samples]);
    expect(bench.state.library.choice?.kind).toBe('visit');
    bench.run('lesson.close');
    await settle();
    expect(names(page)).toEqual(['own-1.png', 'own-2.png']);
    expect(bench.state.library.choice?.kind).toBe('shipped');
  });

  test('a model that was chosen meanwhile stays', async () => {
    const page = await learntBeside();
    const { bench } = page;
    bench.takeFiles([new File(['other'], 'other.onnx')]);
    await settle();
    bench.run('walk.own-part');
    await settle();
    expect(bench.state.library.choice).toMatchObject({ kind: 'visit', model: { name: 'other' } });
  });

  test('begun anew, it brings its photos once', async () => {
    const page = await learntBeside();
    page.bench.run('walk.start');
    await settle();
    expect(names(page)).toEqual(samples);
    page.bench.run('walk.own-part');
    await settle();
    expect(names(page)).toEqual(['own-1.png', 'own-2.png']);
    expect(page.bench.state.library.choice?.kind).toBe('shipped');
  });
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
