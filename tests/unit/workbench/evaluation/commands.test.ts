/** The evaluation as whoever embeds the inspector reaches it: by commands, with its state in the workbench's store. */
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Detection } from '../../../../src/core/types.js';
import { fakePage, settle } from '../fake-page.js';
import { failure } from '../failure.js';
import { DETECTIONS, FakeDetector, inspection, MODEL } from '../fakes.js';
import { cocoOf, folderOf } from './evaluators.js';

const [PIT, CRACK] = DETECTIONS as [Detection, Detection];
const NAMES = ['a.png', 'b.png', 'good.png'] as const;

const truths = { 'a.png': [['pitting', PIT]], 'b.png': [['crack', CRACK]], 'good.png': [] } as const;
const source = folderOf('line', Object.fromEntries(NAMES.map((name) => [name, new Blob([name])])), {
  'coco.json': cocoOf(truths, ['pitting', 'crack']),
});
const answer = (name: string) => inspection(name, name === 'good.png' ? [] : DETECTIONS);

type Page = ReturnType<typeof fakePage>;

/** With the annotated photos read. */
async function opened(...detectors: FakeDetector[]) {
  let last = detectors[0]!;
  const page = fakePage(async () => (last = detectors.shift() ?? last));
  expect(page.bench.run('evaluation.read', { source })).toBe(true);
  await expect.poll(() => page.bench.state.evaluation.dataset?.name).toBe('line');
  return { ...page, evaluation: () => page.bench.state.evaluation };
}

test('before it is asked for there is nothing that it could be asked to do', () => {
  const { bench } = fakePage();
  expect([
    bench.run('evaluation.start'),
    bench.run('evaluation.cancel'),
    bench.run('evaluation.export', { format: 'csv' }),
    bench.run('evaluation.count', { rule: 'f1' }),
    bench.run('evaluation.case', { place: 0 }),
  ]).toEqual([false, false, false, false, false]);
});

test('from photos to a report: started, counted, looked at, used, saved', async () => {
  const { bench, evaluation, saved, kept } = await opened(new FakeDetector(answer));
  expect(bench.state.dialog).toBe('evaluation');
  expect(bench.run('evaluation.retry')).toBe(false);
  expect(bench.run('evaluation.start')).toBe(true);
  expect(bench.can('evaluation.start')).toBe(false);
  await expect.poll(() => evaluation().evaluated.length).toBe(1);

  expect(bench.run('evaluation.count', { rule: 'cost', costRatio: 0 })).toBe(false);
  expect(bench.run('evaluation.count', { rule: 'cost', costRatio: 20 })).toBe(true);
  await expect.poll(() => evaluation().evaluated[0]!.proposals.size).toBe(2);
  expect(bench.run('evaluation.use')).toBe(true);
  await expect.poll(() => kept.flatMap((one) => Object.keys(one))).toEqual([MODEL.hash]);
  bench.run('edit.undo');
  expect(bench.state.ownThresholds).toEqual({});

  bench.run('evaluation.list', { place: 0, choice: { kind: 'outcome', outcome: 'found' } });
  expect(evaluation().list!.cases).toHaveLength(2);
  expect(bench.can('evaluation.next-case')).toBe(false);
  expect(bench.run('evaluation.case', { place: 2 })).toBe(false);
  bench.run('evaluation.case', { place: 1 });
  bench.run('evaluation.next-case');
  expect(evaluation().opened).toBe(0);
  bench.run('evaluation.previous-case');
  expect(evaluation().opened).toBe(1);
  bench.run('evaluation.case');
  expect(evaluation().opened).toBeUndefined();

  expect(bench.hasUnsaved).toBe(true);
  bench.run('evaluation.export', { format: 'json' });
  await expect.poll(() => saved.map(({ name }) => name)).toEqual(['line-evaluation.json']);
  expect(bench.hasUnsaved).toBe(false);
  bench.run('evaluation.clear');
  expect(evaluation()).toMatchObject({ dataset: undefined, runs: [], evaluated: [] });
});

test('looks at photos fast unless told, at all of a run in one way, and says so in the report', async () => {
  const detector = new FakeDetector(answer);
  const { bench, evaluation, saved } = await opened(detector);
  const asked = () => [...new Set(detector.asked.map(({ detail }) => detail))];
  const report = async () => {
    const { length } = saved;
    bench.run('evaluation.export', { format: 'json' });
    await expect.poll(() => saved.length).toBe(length + 1);
    return JSON.parse(await saved.at(-1)!.text) as { runs: { detail: string }[] };
  };
  bench.run('evaluation.start');
  await expect.poll(() => evaluation().evaluated.length).toBe(1);
  expect(asked()).toEqual(['fast']);
  expect((await report()).runs.map(({ detail }) => detail)).toEqual(['fast']);
  expect(bench.run('evaluation.look', { detail: 'auto' as 'fast' })).toBe(false);
  expect(bench.run('evaluation.look', { detail: 'thorough' })).toBe(true);
  // What there is was looked at as it was.
  expect([evaluation().detail, evaluation().runs[0]!.detail]).toEqual(['thorough', 'fast']);
  detector.asked.length = 0;
  bench.run('evaluation.start');
  await expect
    .poll(() => evaluation().runs[0])
    .toMatchObject({ detail: 'thorough', phase: 'done', found: 3 });
  expect(asked()).toEqual(['thorough']);
  await expect.poll(() => evaluation().isWorking).toBe(false);
  expect((await report()).runs.map(({ detail }) => detail)).toEqual(['thorough']);
});

test('leaves out a photo that could be seen in part only', async () => {
  const input = { width: 192, height: 96, scale: 0.5, tiles: 2, planned: 3, detail: 'thorough' } as const;
  const detector = new FakeDetector((name) =>
    name === 'b.png' ? inspection(name, DETECTIONS, { input }) : answer(name),
  );
  const { bench, evaluation } = await opened(detector);
  bench.run('evaluation.start');
  await expect.poll(() => evaluation().runs[0]?.phase).toBe('done');
  expect(evaluation().runs[0]!.failures).toMatchObject([{ path: 'b.png', why: { reason: 'photo-in-part' } }]);
});

test('tells how long all photos take, by the size of the first one', async () => {
  const detector = Object.assign(new FakeDetector(answer), {
    estimate: ({ width }: { width: number }, { detail = 'fast' } = {}) => ({
      detail: detail as 'fast',
      ...{ planned: 1, scale: 1, seconds: detail === 'fast' ? width / 1000 : width / 100 },
    }),
  });
  const { bench } = fakePage(async () => detector);
  bench.preload();
  await settle();
  const png = new Uint8Array(await readFile('tests/fixtures/pictures/alpha.png'));
  bench.run('evaluation.read', {
    source: folderOf('line', Object.fromEntries(NAMES.map((name) => [name, new Blob([png])])), {
      'coco.json': cocoOf(truths, ['pitting', 'crack'], {}),
    }),
  });
  await expect.poll(() => bench.state.evaluation.photoSize?.width).toBeGreaterThan(0);
  const { width } = bench.state.evaluation.photoSize!;
  const time = bench.derived.evaluationTime;
  expect([time('fast'), time('thorough')]).toEqual([(width / 1000) * 3, (width / 100) * 3]);
});

test('goes on with its model when another one is chosen meanwhile, and gives it back then', async () => {
  const [first, second] = [new FakeDetector(answer, { isHolding: true }), new FakeDetector(answer)];
  const { bench, evaluation } = await opened(first, second);
  bench.run('evaluation.start');
  await expect.poll(() => first.inspected).toEqual(['a.png']);
  bench.reloadModel();
  await settle();
  expect([first.isDisposed, bench.derived.modelInUse]).toEqual([false, MODEL]);
  for (const at of [1, 2, 3]) {
    first.release();
    await expect.poll(() => evaluation().runs[0]!.done).toBe(at);
  }
  await expect.poll(() => evaluation().evaluated[0]?.photos.length).toBe(3);
  expect(evaluation().runs[0]).toMatchObject({ phase: 'done', failures: [], left: 0 });
  expect([first.isDisposed, second.isDisposed, second.inspected]).toEqual([true, false, []]);
});

test('can pause: nothing new is begun until it goes on', async () => {
  const detector = new FakeDetector(answer, { isHolding: true });
  const { bench, evaluation } = await opened(detector);
  bench.run('evaluation.start');
  await expect.poll(() => detector.inspected.length).toBe(1);
  expect(bench.run('evaluation.pause')).toBe(true);
  expect(bench.run('evaluation.pause')).toBe(false);
  detector.release();
  await expect.poll(() => evaluation().runs[0]!.done).toBe(1);
  await settle();
  expect([detector.inspected.length, evaluation().runs[0]!.isPaused]).toEqual([1, true]);
  bench.run('evaluation.resume');
  await expect.poll(() => detector.inspected.length).toBe(2);
  bench.run('evaluation.pause');
  bench.run('evaluation.cancel');
  await expect
    .poll(() => evaluation().runs[0])
    .toMatchObject({ phase: 'cancelled', isPaused: false, left: 2 });
});

test('runs what failed again, and what a stop left out; what is done is not done twice', async () => {
  let isBroken = true;
  const detector = new FakeDetector((name) => {
    if (name === 'b.png' && isBroken) throw failure('out-of-memory', 'Too little memory.');
    return answer(name);
  });
  const { bench, evaluation } = await opened(detector);
  bench.run('evaluation.start');
  await expect.poll(() => evaluation().evaluated[0]?.photos).toEqual([0, 2]);
  expect(evaluation().runs[0]).toMatchObject({ done: 3, found: 2, left: 1, failures: [{ path: 'b.png' }] });
  isBroken = false;
  expect(bench.run('evaluation.retry')).toBe(true);
  await expect.poll(() => evaluation().evaluated[0]?.photos).toEqual([0, 1, 2]);
  expect(evaluation().runs[0]).toMatchObject({ phase: 'done', left: 0, failures: [] });
  expect(detector.inspected).toEqual(['a.png', 'b.png', 'good.png', 'b.png']);
});

test('never mixes two models: what is left waits for the one that it began with', async () => {
  const first = new FakeDetector(answer, { isHolding: true });
  const other = Object.assign(new FakeDetector(answer), { model: { ...MODEL, hash: 'f'.repeat(64) } });
  const { bench, evaluation } = await opened(first, other);
  bench.run('evaluation.start');
  await expect.poll(() => first.inspected.length).toBe(1);
  first.release();
  await expect.poll(() => first.inspected.length).toBe(2);
  bench.run('evaluation.cancel');
  bench.reloadModel();
  await expect.poll(() => evaluation().evaluated[0]?.photos).toEqual([0]);
  bench.run('evaluation.retry');
  await expect.poll(() => evaluation().runs[0]!.error?.reason).toBe('evaluated-model-gone');
  expect([other.inspected, evaluation().evaluated[0]!.photos]).toEqual([[], [0]]);
});

describe('what took long comes back', () => {
  const other = folderOf('other', { 'x.png': new Blob(['x']) }, { 'coco.json': cocoOf({ 'x.png': [] }, []) });

  async function evaluated(...detectors: FakeDetector[]) {
    const page = await opened(...(detectors.length > 0 ? detectors : [new FakeDetector(answer)]));
    page.bench.run('evaluation.start');
    await expect.poll(() => page.evaluation().evaluated.length).toBe(1);
    const notice = () => page.bench.state.removal?.notice;
    return { ...page, notice, before: page.evaluation() };
  }

  test.each([
    ['closed', ({ bench }: Pick<Page, 'bench'>) => bench.run('evaluation.clear')],
    [
      'replaced by another dataset',
      ({ bench }: Pick<Page, 'bench'>) => bench.run('evaluation.read', { source: other }),
    ],
    ['evaluated again', ({ bench }: Pick<Page, 'bench'>) => bench.run('evaluation.start')],
  ])('after it was %s', async (_, lose) => {
    const page = await evaluated();
    const { bench, evaluation, notice, before } = page;
    expect(notice()).toBeUndefined();
    lose(page);
    await expect.poll(notice).toEqual({ reason: 'results-removed', params: { name: 'line', photos: 3 } });
    await expect.poll(() => evaluation().evaluated[0]).not.toBe(before.evaluated[0]);
    const after = evaluation();
    bench.run('edit.undo');
    expect([evaluation().dataset, evaluation().evaluated]).toEqual([before.dataset, before.evaluated]);
    expect(evaluation().runs[0]).toMatchObject({ phase: 'done', found: 3, left: 0 });
    expect([bench.state.removal, bench.hasUnsaved]).toEqual([undefined, true]);
    // Whoever works on it has an evaluator that knows all of it.
    expect((await bench.evaluation.picture(0, 1))!.outlines.truths).toHaveLength(1);
    bench.run('evaluation.count', { isAnyDefect: true });
    await expect.poll(() => evaluation().evaluated[0]!.outcome.counts.get(0)?.truths).toBe(2);
    bench.run('edit.redo');
    expect([evaluation().dataset, evaluation().evaluated]).toEqual([after.dataset, after.evaluated]);
  });

  test('with what was done when it was closed, and the rest goes on', async () => {
    const detector = new FakeDetector(answer, { isHolding: true });
    const { bench, evaluation } = await opened(detector);
    bench.run('evaluation.start');
    await expect.poll(() => detector.inspected.length).toBe(1);
    detector.release();
    await expect.poll(() => detector.inspected.length).toBe(2);
    bench.run('evaluation.clear');
    await settle();
    bench.run('edit.undo');
    await expect.poll(() => evaluation().evaluated[0]?.photos).toEqual([0]);
    expect(evaluation().runs[0]).toMatchObject({ phase: 'cancelled', found: 1, left: 2 });
    bench.run('evaluation.retry');
    const goOn = () => {
      detector.release();
      return evaluation().evaluated[0]?.photos;
    };
    await expect.poll(goOn).toEqual([0, 1, 2]);
  });

  test('as the second model’s results do', async () => {
    const { bench, evaluation, notice } = await evaluated();
    bench.run('evaluation.compare', { model: 'second' });
    await expect.poll(() => evaluation().evaluated.length).toBe(2);
    bench.run('evaluation.compare', {});
    await expect.poll(() => evaluation().evaluated.length).toBe(1);
    expect(notice()).toEqual({ reason: 'results-removed', params: { name: MODEL.name, photos: 3 } });
    bench.run('edit.undo');
    expect(evaluation().evaluated).toHaveLength(2);
    bench.run('edit.redo');
    expect(evaluation().evaluated).toHaveLength(1);
  });

  test('in the way in which it was looked at', async () => {
    const { bench, evaluation } = await evaluated();
    bench.run('evaluation.look', { detail: 'thorough' });
    bench.run('evaluation.start');
    const shown = () => evaluation().runs.map(({ detail, found }) => [detail, found]);
    await expect.poll(shown).toEqual([['thorough', 3]]);
    bench.run('edit.undo');
    expect(shown()).toEqual([['fast', 3]]);
    // What is set for the next run is what was set when these were replaced.
    expect(evaluation().detail).toBe('thorough');
    bench.run('edit.redo');
    expect(shown()).toEqual([['thorough', 3]]);
  });

  test('as many photos as there are, where a model was not run on all of them', async () => {
    const first = new FakeDetector(answer, { isHolding: true });
    const { bench, evaluation } = await opened(first, new FakeDetector(answer));
    bench.run('evaluation.start');
    await expect.poll(() => first.inspected.length).toBe(1);
    first.release();
    await expect.poll(() => first.inspected.length).toBe(2);
    bench.run('evaluation.cancel');
    await expect.poll(() => evaluation().evaluated[0]?.photos).toEqual([0]);
    bench.run('evaluation.compare', { model: 'second' });
    await expect.poll(() => evaluation().runs[1]?.found).toBe(3);
    bench.run('evaluation.clear');
    expect(bench.state.removal?.notice?.params).toEqual({ name: 'line', photos: 3 });
  });

  test('is nothing where nothing was found yet', async () => {
    const { bench } = await opened(new FakeDetector(answer));
    bench.run('evaluation.clear');
    expect([bench.state.removal, bench.can('edit.undo')]).toEqual([undefined, false]);
  });
});

test('ends with the element, and says that it was stopped', async () => {
  const detector = new FakeDetector(answer, { isHolding: true });
  const { bench, evaluation } = await opened(detector);
  bench.run('evaluation.start');
  await expect.poll(() => detector.inspected.length).toBe(1);
  bench.release();
  await settle();
  expect([evaluation().runs[0]!.phase, detector.isDisposed]).toEqual(['cancelled', true]);
});

test('says that a run has ended to somebody who has left, until it is seen', async () => {
  const detector = new FakeDetector(answer, { isHolding: true });
  const { bench, evaluation } = await opened(detector);
  bench.run('evaluation.start');
  await expect.poll(() => detector.inspected.length).toBe(1);
  bench.run('dialog.close');
  expect([evaluation().runs[0]!.phase, evaluation().hasNews]).toEqual(['running', false]);
  for (const at of [1, 2, 3]) {
    detector.release();
    await expect.poll(() => evaluation().runs[0]!.done).toBe(at);
  }
  await expect.poll(() => evaluation().hasNews).toBe(true);
  bench.run('evaluation.open');
  await expect.poll(() => evaluation().hasNews).toBe(false);
  expect(evaluation().evaluated).toHaveLength(1);
  expect(bench.run('evaluation.seen')).toBe(false);
});
