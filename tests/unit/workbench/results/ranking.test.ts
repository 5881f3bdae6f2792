import { expect, test } from 'vitest';
import type { PhotoEntry } from '../../../../src/workbench/batch/photo-batch.js';
import { inOrder, rankPhotos } from '../../../../src/workbench/results/ranking.js';
import { detection, FakeDetector, inspection, MODEL } from '../fakes.js';
import { fakePage, file, settle } from '../fake-page.js';
import { learntAs } from '../lessons/learnt.js';

const entry = (id: number, ...scores: readonly number[]): PhotoEntry => ({
  id,
  name: `${id}.png`,
  input: file(),
  state: 'done',
  output: inspection(
    `${id}.png`,
    scores.map((score, i) => detection(i + 1, score, [10, 10, 40, 40])),
  ),
});

test('the highest score on a photo decides; those without a result are the last', () => {
  const { output: _, ...failed } = entry(2);
  const photos = [
    entry(1),
    { ...failed, state: 'failed' as const },
    entry(3, 0.4, 0.2),
    entry(4, 0.9),
    entry(5),
  ];
  expect(rankPhotos(photos)).toEqual([4, 3, 1, 5, 2]);
});

test('photos that came after the ranking follow it in their order, and gone ones leave no gap', () => {
  const photos = [entry(1), entry(2), entry(3), entry(4)];
  expect(inOrder(photos, [3, 9, 1]).map(({ id }) => id)).toEqual([3, 1, 2, 4]);
});

test('once all photos were inspected by what was learnt, the worst is listed first, and keys follow the list', async () => {
  const answers: Record<string, number> = { 'a.png': 0.3, 'b.png': 0.9, 'c.png': 0.6 };
  const detector = new FakeDetector((name) =>
    inspection(name, [detection(1, answers[name]!, [10, 10, 40, 40])]),
  );
  const { bench } = fakePage(async () => detector);
  bench.add(Object.keys(answers).map((name) => file(name)));
  await settle();
  bench.run('lesson.start');
  const names = () => bench.derived.photos.map(({ name }) => name);
  expect(bench.derived.photoOrder).toBeUndefined();
  expect(names()).toEqual(['a.png', 'b.png', 'c.png']);
  bench.store.update({
    teaching: {
      ...bench.state.teaching!,
      learning: learntAs({ hash: MODEL.hash }),
    },
  });
  bench.photos.retry(bench.state.photos.map(({ id }) => id));
  expect(names()).toEqual(['a.png', 'b.png', 'c.png']);
  await settle();
  expect(names()).toEqual(['b.png', 'c.png', 'a.png']);
  bench.run('photo.show', { id: bench.derived.photos[0]!.id });
  bench.run('photo.next');
  expect(bench.derived.current?.name).toBe('c.png');
  bench.run('photos.order', { by: 'arrival' });
  expect(names()).toEqual(['a.png', 'b.png', 'c.png']);
  bench.run('lesson.close');
  expect(bench.run('photos.order', { by: 'worst' })).toBe(true);
  expect(names()).toEqual(['a.png', 'b.png', 'c.png']);
});

test('several photos are chosen together until another one is shown, and what is said is said of them', () => {
  const { bench } = fakePage();
  bench.add(['a.png', 'b.png', 'c.png'].map((name) => file(name)));
  bench.run('lesson.start');
  const ids = bench.state.photos.map(({ id }) => id);
  expect(bench.run('photos.select', { ids: [ids[0]!, 999] })).toBe(false);
  bench.run('photos.select', { ids: ids.slice(1) });
  bench.run('lesson.good');
  expect([...bench.state.teaching!.lesson.photos.keys()]).toEqual(ids.slice(1));
  bench.run('photo.show', { id: ids[0]! });
  expect(bench.state.chosen).toEqual([]);
  bench.run('lesson.good');
  expect(bench.state.teaching!.lesson.photos.size).toBe(3);
});
