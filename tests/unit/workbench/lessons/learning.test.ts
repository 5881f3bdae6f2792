import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { InspectorError } from '../../../../src/core/errors.js';
import type { ScoreMap } from '../../../../src/core/regions/score-map.js';
import type { Region } from '../../../../src/core/types.js';
import type { DetectorOptions } from '../../../../src/detector/types.js';
import { sha256 } from '../../../../src/model/hash.js';
import { learntOf } from '../../../../src/workbench/lessons/state.js';
import type { Workbench } from '../../../../src/workbench/workbench.js';
import { fakePage, file } from '../fake-page.js';
import { FakeDetector, inspection, MODEL } from '../fakes.js';
import { announcement, banner } from '../said.js';
import { FakeTeacher, FIGURES, taughtFile } from './taught.js';

const box = (x: number): Region => ({ x, y: 0, width: 8, height: 8, counts: Uint32Array.of(0, 64) });

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** The real one. */
const { setTimeout: later } = globalThis;

/** Lets everything happen that waits for nothing but its turn. */
async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** Hashes are made elsewhere, and take their time. */
async function until(isSo: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !isSo(); i++) await new Promise((resolve) => later(resolve, 4));
  await settle();
}

/** What was asked for last is learnt, and all photos are inspected. */
async function finish(bench: Workbench, teacher: FakeTeacher): Promise<void> {
  teacher.end();
  await until(() => kind(bench) !== 'learning');
  await until(() => bench.state.totals.done === bench.state.totals.total);
}

/** One cell of each photo scores that high, the others nothing. */
const mapOf = (score: number): ScoreMap => ({
  ...{ x: 0, y: 0, step: 8, width: 3, height: 3, classes: 1 },
  data: Float32Array.of(0, 0, 0, 0, 0, score, 0, 0, 0),
});

/** A lesson of two photos among those that are inspected; models are told apart by their files. */
async function lesson(...photos: string[]) {
  const teacher = new FakeTeacher();
  const detectors: FakeDetector[] = [];
  const scores = new Map<string, number>();
  const novel = new Set<string>();
  const page = fakePage(async ({ model }: DetectorOptions = {}) => {
    const hash = model instanceof Blob ? await sha256(await model.arrayBuffer()) : MODEL.hash;
    const info = { ...MODEL, hash };
    const made = new FakeDetector((name) =>
      inspection(name, undefined, {
        model: info,
        novelty: novel.has(name) ? 1.5 : 0.5,
        ...(model && { map: mapOf(scores.get(name) ?? 0.01) }),
      }),
    );
    const detector = Object.assign(made, { model: info });
    detectors.push(detector);
    return detector;
  });
  page.page.teacher = teacher.teach;
  const { bench } = page;
  bench.add(['good.png', 'bad.png', ...photos].map(file));
  await settle();
  bench.run('lesson.start', { name: 'Gears' });
  const ids = bench.photos.entries.map(({ id }) => id);
  bench.run('lesson.good', { ids: [ids[0]!] });
  bench.run('lesson.mark', { photo: ids[1]!, region: box(8) });
  return { ...page, teacher, detectors, scores, novel, ids };
}

const kind = ({ state }: Workbench) => state.teaching!.learning.kind;

async function learn(bench: Workbench, teacher: FakeTeacher): Promise<void> {
  bench.run('lesson.learn');
  await settle();
  await finish(bench, teacher);
}

test('a lesson is learnt, and all photos are inspected by it', async () => {
  const { bench, teacher, detectors } = await lesson('c.png');
  expect(bench.run('lesson.learn')).toBe(true);
  await settle();
  expect([kind(bench), bench.can('lesson.learn'), bench.can('lesson.cancel')]).toEqual([
    'learning',
    false,
    true,
  ]);
  const { good, marked, classes, name } = teacher.asked[0]!.lesson;
  expect([good, marked, classes, name]).toEqual([
    [bench.photos.entries[0]!.input],
    [{ image: bench.photos.entries[1]!.input, regions: [{ id: 1, classId: 1, region: box(8) }] }],
    [{ id: 1, name: 'defect', color: '#e69f00' }],
    'Gears',
  ]);
  const { onProgress, names } = teacher.asked[0]!.options;
  expect(names).toEqual(bench.photos.entries.slice(0, 2).map((photo) => photo.name));
  onProgress({ phase: 'model', loaded: 1, total: 2 });
  expect(bench.state.teaching!.learning).toMatchObject({ progress: { phase: 'starting' } });
  onProgress({ phase: 'inspecting', done: 1, total: 4 });
  expect(bench.state.teaching!.learning).toMatchObject({
    progress: { phase: 'describing', done: 1, total: 2 },
  });
  onProgress({ phase: 'inspecting', done: 3, total: 4 });
  expect(bench.state.teaching!.learning).toMatchObject({
    progress: { phase: 'learning', done: 1, total: 2 },
  });
  vi.advanceTimersByTime(7000);
  await finish(bench, teacher);
  expect(bench.state.teaching).toMatchObject({
    learning: { kind: 'learnt', figures: FIGURES, doubts: [], seconds: 7 },
    isOutdated: false,
    isSaved: false,
  });
  const { model, hash } = learntOf(bench.state.teaching!.learning)!;
  expect(model.name).toBe('Gears.onnx');
  expect(bench.state.library.choice).toEqual({ kind: 'visit', model: { name: 'Gears', file: model } });
  expect(detectors.map(({ inspected }) => inspected)).toEqual([
    ['good.png', 'bad.png', 'c.png'],
    ['good.png', 'bad.png', 'c.png'],
  ]);
  expect(detectors[1]!.asked.every(({ map }) => map)).toBe(true);
  expect(new Set(bench.inspections.map((one) => one.model.hash))).toEqual(new Set([hash]));
});

test('the photo that is shown is inspected by it first', async () => {
  const { bench, teacher, detectors } = await lesson('c.png', 'd.png');
  bench.run('photo.show', { id: bench.photos.entries[2]!.id });
  await learn(bench, teacher);
  expect(detectors[1]!.inspected).toEqual(['c.png', 'good.png', 'bad.png', 'd.png']);
});

test('what is learnt is read out', async () => {
  const { bench, teacher } = await lesson();
  bench.run('lesson.learn');
  await settle();
  const said: (string | undefined)[] = [];
  bench.store.subscribe(() => said.push(announcement(bench)));
  await finish(bench, teacher);
  expect(said).toContain('Learnt: found in 1 of 1 marked photo, 0 false alarms in 1 good photo.');
});

test('a lesson that can’t be learnt says why, and leaves the model that there is', async () => {
  const { bench, teacher } = await lesson();
  await learn(bench, teacher);
  const before = bench.state.library.choice;
  const former = learntOf(bench.state.teaching!.learning);
  bench.run('lesson.learn');
  await settle();
  const error = new InspectorError({ code: 'lesson-unusable', reason: 'lesson-photos-alike' });
  teacher.end(error);
  await settle();
  expect(bench.state.teaching!.learning).toEqual({ kind: 'failed', error, former });
  expect([bench.state.library.choice, announcement(bench)]).toEqual([before, error.message]);
  expect(bench.run('lesson.learn')).toBe(true);
});

test('learning can be stopped, and what was learnt before stays', async () => {
  const { bench, teacher } = await lesson();
  bench.run('lesson.learn');
  await settle();
  bench.run('lesson.cancel');
  await settle();
  expect([kind(bench), teacher.asked[0]!.options.signal.aborted, bench.can('lesson.cancel')]).toEqual([
    'not-yet',
    true,
    false,
  ]);
  await learn(bench, teacher);
  bench.run('lesson.learn');
  await settle();
  bench.run('lesson.cancel');
  expect([kind(bench), bench.teaching.isInUse]).toEqual(['learnt', true]);
});

describe('after a change', () => {
  test('a quick lesson is learnt again, once the changes have come to rest', async () => {
    const { bench, teacher, ids } = await lesson('c.png');
    await learn(bench, teacher);
    bench.run('lesson.mark', { photo: ids[1]!, region: box(40) });
    expect(bench.state.teaching!.isOutdated).toBe(true);
    vi.advanceTimersByTime(500);
    bench.run('lesson.mark', { photo: ids[1]!, region: box(80) });
    vi.advanceTimersByTime(500);
    await settle();
    expect(teacher.asked).toHaveLength(1);
    vi.advanceTimersByTime(500);
    await settle();
    expect([teacher.asked.length, kind(bench)]).toEqual([2, 'learning']);
    expect(learntOf(bench.state.teaching!.learning)?.seconds).toBe(0);
    bench.run('lesson.good', { ids: [ids[2]!] });
    expect([teacher.asked[1]!.options.signal.aborted, kind(bench)]).toEqual([true, 'learnt']);
    vi.advanceTimersByTime(1000);
    await settle();
    expect(teacher.asked).toHaveLength(3);
  });

  test('that is taken back nothing is learnt', async () => {
    const { bench, teacher } = await lesson();
    await learn(bench, teacher);
    bench.run('lesson.good');
    bench.run('edit.undo');
    expect(bench.state.teaching!.isOutdated).toBe(false);
    vi.advanceTimersByTime(10_000);
    await settle();
    expect(teacher.asked).toHaveLength(1);
  });

  test('a lesson that takes long is learnt on demand alone', async () => {
    const { bench, teacher } = await lesson();
    bench.run('lesson.learn');
    await settle();
    vi.advanceTimersByTime(6000);
    await finish(bench, teacher);
    bench.run('lesson.good');
    vi.advanceTimersByTime(10_000);
    await settle();
    expect([teacher.asked.length, bench.state.teaching!.isOutdated]).toEqual([1, true]);
  });

  test('nothing is learnt for somebody who has chosen another model since', async () => {
    const { bench, teacher } = await lesson();
    await learn(bench, teacher);
    bench.run('model.choose', { choice: { kind: 'shipped' } });
    await settle();
    bench.run('lesson.good');
    vi.advanceTimersByTime(10_000);
    await settle();
    expect([teacher.asked.length, bench.teaching.isInUse]).toEqual([1, false]);
    await learn(bench, teacher);
    expect(bench.teaching.isInUse).toBe(true);
  });

  test('nor is what is learnt used where it is chosen while that is learnt', async () => {
    const { bench, teacher } = await lesson();
    await learn(bench, teacher);
    bench.run('lesson.good');
    vi.advanceTimersByTime(1000);
    await settle();
    expect(teacher.asked).toHaveLength(2);
    bench.run('model.choose', { choice: { kind: 'shipped' } });
    await settle();
    await finish(bench, teacher);
    expect(bench.state.teaching).toMatchObject({ learning: { kind: 'learnt' }, isOutdated: false });
    expect([bench.teaching.isInUse, bench.state.library.choice?.kind]).toEqual([false, 'shipped']);
  });

  test('nor where it was asked for, and another model is chosen while that is learnt: that is said', async () => {
    const { bench, teacher } = await lesson();
    bench.run('lesson.learn');
    await settle();
    bench.run('model.choose', { choice: { kind: 'shipped' } });
    await settle();
    await finish(bench, teacher);
    expect([bench.teaching.isInUse, bench.state.library.choice?.kind]).toEqual([false, 'shipped']);
    expect(banner(bench)).toMatchObject({
      text: 'Gears is learnt. Meanwhile you have chosen test-model, which stays in use.',
      buttons: [{ command: 'lesson.use', text: 'Use what was learnt' }],
    });
    bench.run('lesson.use');
    await settle();
    expect([bench.teaching.isInUse, bench.state.teaching?.unused, bench.can('lesson.use')]).toEqual([
      true,
      undefined,
      false,
    ]);
  });

  test('while it is learnt on demand, learning goes on, and what is learnt is out of date', async () => {
    const { bench, teacher, ids } = await lesson();
    bench.run('lesson.learn');
    await settle();
    bench.run('lesson.mark', { photo: ids[1]!, region: box(40) });
    expect(teacher.asked[0]!.options.signal.aborted).toBe(false);
    await finish(bench, teacher);
    expect(bench.state.teaching).toMatchObject({ learning: { kind: 'learnt' }, isOutdated: true });
    vi.advanceTimersByTime(1000);
    await settle();
    expect(teacher.asked).toHaveLength(2);
  });

  test('closing the lesson stops it', async () => {
    const { bench, teacher } = await lesson();
    bench.run('lesson.learn');
    await settle();
    bench.run('lesson.close');
    expect(teacher.asked[0]!.options.signal.aborted).toBe(true);
    await settle();
    bench.run('edit.undo');
    expect(kind(bench)).toBe('not-yet');
  });
});

describe('what to mark next', () => {
  test('are the places nearest to the line, of photos of which nothing is said yet', async () => {
    const { bench, teacher, scores, novel, ids } = await lesson('sure.png', 'unsure.png', 'odd.png');
    scores.set('bad.png', 0.5).set('sure.png', 0.99).set('unsure.png', 0.55).set('odd.png', 0.7);
    novel.add('odd.png');
    await learn(bench, teacher);
    const [, , sure, unsure, odd] = ids;
    expect(bench.state.teaching!.next).toEqual([
      { photo: unsure, x: 20, y: 12, reason: 'unsure' },
      { photo: odd, x: 20, y: 12, reason: 'unlike' },
      { photo: sure, x: 20, y: 12, reason: 'unsure' },
    ]);
    bench.run('lesson.show-next', { index: 1 });
    expect([bench.state.currentId, bench.state.teaching!.place?.photo]).toEqual([odd, odd]);
    bench.run('lesson.good');
    expect(bench.state.teaching!.next.map(({ photo }) => photo)).toEqual([unsure, sure]);
    bench.run('photo.next');
    bench.run('photo.previous');
    expect(bench.state.teaching!.place).toBeUndefined();
    expect(bench.run('lesson.show-next', { index: 7 })).toBe(false);
  });
});

test('without anything said, or anybody who learns, there is nothing to be learnt', async () => {
  const { bench, page } = fakePage();
  page.teacher = new FakeTeacher().teach;
  bench.run('lesson.start');
  expect(bench.can('lesson.learn')).toBe(false);
  const other = await lesson();
  expect(other.bench.can('lesson.learn')).toBe(true);
  other.page.teacher = undefined;
  expect(other.bench.can('lesson.learn')).toBe(false);
});

test('a lesson that is had back is as it was left', async () => {
  const { bench, teacher, ids } = await lesson();
  bench.run('lesson.close');
  expect(bench.state.teaching).toBeUndefined();
  bench.run('lesson.back');
  await learn(bench, teacher);
  bench.run('lesson.close');
  expect(bench.state.teaching).toBeUndefined();
  bench.run('lesson.back');
  expect([...bench.state.teaching!.lesson.photos.keys()]).toEqual(ids);
  expect(bench.state.teaching).toMatchObject({ learning: { kind: 'learnt' }, isOutdated: false });
});

test('the lines of what was learnt are in its file', async () => {
  const { linesOf } = await import('../../../../src/workbench/lessons/taught-file.js');
  expect(linesOf(await taughtFile('x', 0.3).arrayBuffer())).toEqual({
    threshold: 0.3,
    calibration: { slope: 2, offset: 0 },
  });
});

test('nobody is asked to remember a model that the next stroke replaces', async () => {
  const { bench, teacher } = await lesson();
  await learn(bench, teacher);
  bench.store.update({ library: { ...bench.state.library, canRemember: true } });
  expect(bench.derived.banners).toEqual([]);
  bench.run('lesson.close');
  expect(bench.derived.banners.map(({ notice }) => notice.reason)).toEqual([
    'lesson-closed',
    'model-not-remembered',
  ]);
});
