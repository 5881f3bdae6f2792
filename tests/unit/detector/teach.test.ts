import { describe, expect, it } from 'vitest';
import { withBits } from '../../../src/detector/photo/sample-bits.js';
import type { Lesson, Taught, TeachOptions } from '../../../src/detector/teach.js';
import { teachLesson } from '../../../src/detector/teach.js';
import type { KeptFeatures, PhotoFeatures } from '../../../src/detector/teach.js';
import type { LearningOptions } from '../../../src/detector/teaching-api.js';
import type { TeachTask } from '../../../src/model/teach-model.js';
import { content, failure, fakeEnvironment, never, photo, type Behaviour } from './fake-worker.js';

const square = (x: number, side: number) => ({
  classId: 1,
  region: { x, y: 4, width: side, height: side, counts: Uint32Array.of(0, side * side) },
});

const LESSON: Lesson = {
  good: [photo('good'), photo('fine')],
  marked: [
    { image: photo('bad'), regions: [square(8, 16)] },
    { image: photo('worse'), regions: [square(0, 20)] },
  ],
  classes: [{ id: 1, name: 'dent' }],
};
const NAMES = ['good.jpg', 'fine.jpg', 'bad.jpg', 'worse.jpg'];
const IDS = ['good', 'fine', 'bad', 'worse'];

/** Workers that fail to read photos of these names, and a teaching worker that keeps what it is asked to learn. */
function setUp(unreadable: readonly string[] = [], behaviour: Pick<Behaviour, 'features'> = {}) {
  const { environment, workers } = fakeEnvironment({
    ...behaviour,
    open: (data) =>
      unreadable.includes(content(data)) ? failure('corrupt-image', 'It is torn.') : undefined,
  });
  const tasks: (TeachTask & Pick<LearningOptions, 'isKept'>)[] = [];
  const teach = (lesson: Lesson, options: TeachOptions = {}): Promise<Taught> =>
    teachLesson(lesson, options, {
      ...environment,
      connectTeaching: () => ({
        async learn(task, { isKept }) {
          tasks.push({ ...task, isKept });
          const figures = { marked: 2, good: 2, found: 2, falseAlarms: 0, folds: 4 };
          return {
            ok: true,
            value: { file: new Uint8Array(4), figures, doubts: [{ reason: 'nothing-found-again' }] },
          };
        },
        crashed: new AbortController().signal,
        terminate: () => undefined,
      }),
    });
  const opened = () => workers.flatMap(({ photos }) => photos.map(content));
  return { teach, tasks, opened, workers };
}

describe('teachLesson', () => {
  it('has marked lessons seen as they are and turned in three ways, and good ones alone as they are', async () => {
    const { teach, tasks, workers } = setUp();
    await teach(LESSON);
    expect(workers[0]!.requests[0]!.features).toMatchObject({ neighbourhood: 5 });
    expect(tasks[0]).toMatchObject({ kind: 'marked', isKept: false });
    expect(tasks[0]!.photos.map(({ views, turned }) => [views.length, turned!.length])).toEqual(
      Array(4).fill([1, 3]),
    );
    expect(workers[0]!.views).toHaveLength(16);
    expect(workers.every(({ terminated }) => terminated)).toBe(true);

    const alone = setUp();
    await alone.teach({ ...LESSON, marked: [] });
    expect(alone.workers[0]!.requests[0]!.features).toMatchObject({ neighbourhood: 1 });
    expect(alone.tasks[0]).toMatchObject({ kind: 'good' });
    expect(alone.workers[0]!.views).toHaveLength(2);
  });

  it('says after each look how far it is, since a large photo takes many', async () => {
    const { teach } = setUp();
    const told: number[] = [];
    await teach(LESSON, {
      onProgress: (progress) => {
        if (progress.phase === 'inspecting') told.push(progress.done / progress.total);
      },
    });
    // Four photos in four views each are half of the work.
    expect([...new Set(told)]).toEqual(Array.from({ length: 16 }, (_, look) => (look + 1) / 32));
  });

  it('ends at once where it is cancelled within a photo', async () => {
    const cancelling = new AbortController();
    const { teach, tasks, workers } = setUp([], { features: () => never() });
    const taught = teach(LESSON, { signal: cancelling.signal });
    await expect.poll(() => workers[0]?.photos.length).toBe(5);
    cancelling.abort();
    await expect(taught).rejects.toMatchObject({ code: 'cancelled' });
    expect(workers.every(({ terminated }) => terminated)).toBe(true);
    expect(tasks).toEqual([]);
  });

  it('leaves out a photo that can’t be read, and says so', async () => {
    const { teach, tasks } = setUp(['fine', 'worse']);
    const { doubts } = await teach(LESSON);
    expect(tasks[0]!.photos.map(({ name }) => name)).toEqual(['good.jpg', 'bad.jpg']);
    expect(doubts).toMatchObject([
      { reason: 'photo-left-out', params: { name: 'fine.jpg', cause: 'It is torn.' } },
      { reason: 'photo-left-out', params: { name: 'worse.jpg', cause: 'It is torn.' } },
      { reason: 'nothing-found-again' },
    ]);
  });

  it('calls photos as it is told to, else as their files are called', async () => {
    const { teach, tasks } = setUp(['fine']);
    const { doubts } = await teach(LESSON, { names: ['1/part.jpg', '2/part.jpg', '3/part.jpg'] });
    expect(tasks[0]!.photos.map(({ name }) => name)).toEqual(['1/part.jpg', '3/part.jpg', 'worse.jpg']);
    expect(doubts[0]).toMatchObject({ reason: 'photo-left-out', params: { name: '2/part.jpg' } });
  });

  it('looks at a photo again in another worker where the first one crashes over it', async () => {
    const { teach, tasks, workers } = setUp([], {
      features: async (data, worker, index) => {
        if (index > 0 || content(data) !== 'bad') return undefined;
        worker.crash();
        return never();
      },
    });
    const { doubts } = await teach(LESSON);
    expect(doubts).toEqual([{ reason: 'nothing-found-again' }]);
    expect(tasks[0]!.photos.map(({ name }) => name)).toEqual(NAMES);
    expect(workers.at(-1)!.photos.map(content)).toEqual(['bad', 'worse']);
  });

  it('fails where no photo of a kind is left: something else would be learnt', async () => {
    for (const names of [
      ['good', 'fine'],
      ['bad', 'worse'],
    ]) {
      const { teach, tasks } = setUp(names);
      await expect(teach(LESSON)).rejects.toMatchObject({ code: 'corrupt-image' });
      expect(tasks).toEqual([]);
    }
  });

  it('does not look again at photos that were kept, nor start a worker for them', async () => {
    const kept: KeptFeatures = { photos: new Map() };
    const { teach, tasks, opened, workers } = setUp();
    await teach(LESSON, { kept, ids: IDS });
    expect([...kept.photos.keys()]).toEqual(IDS);
    expect(opened()).toHaveLength(8);
    await teach(LESSON, { kept, ids: IDS });
    expect(workers).toHaveLength(1);
    expect(tasks[1]!.photos).toEqual(tasks[0]!.photos);
    expect(tasks[1]!.isKept).toBe(true);
  });

  it('looks again at a photo whose marks have changed, alone', async () => {
    const kept: KeptFeatures = { photos: new Map() };
    const { teach, opened } = setUp();
    await teach(LESSON, { kept, ids: IDS });
    const before = opened().length;
    const [first, second] = LESSON.marked;
    const lesson = { ...LESSON, marked: [first!, { ...second!, regions: [square(0, 20), square(24, 12)] }] };
    await teach(lesson, { kept, ids: IDS });
    expect(opened().slice(before)).toEqual(['worse']);
  });

  it('reads a photo of 16 bits in the range that a person has set, as inspecting does, and again once it is set', async () => {
    const kept: KeptFeatures = { photos: new Map() };
    const { teach, opened, workers } = setUp();
    await teach(LESSON, { kept, ids: IDS });
    const before = opened().length;
    const set = (await withBits(LESSON.good[0]!, 12))!;
    await teach({ ...LESSON, good: [set, LESSON.good[1]!] }, { kept, ids: IDS });
    expect(opened().slice(before)).toEqual(['good']);
    expect(workers.at(-1)!.photos[0]).toMatchObject({ bits: 12 });
    await teach({ ...LESSON, good: [set, LESSON.good[1]!] }, { kept, ids: IDS });
    expect(opened()).toHaveLength(before + 1);
  });

  it('looks again at a photo of which what is kept is of another version, or damaged', async () => {
    const kept: KeptFeatures = { photos: new Map() };
    const { teach, opened, tasks } = setUp();
    await teach(LESSON, { kept, ids: IDS });
    const [id, features] = [...kept.photos][0]!;
    const { views } = features as PhotoFeatures;
    const torn = { ...views[0]!, cells: { ...views[0]!.cells, values: new Uint16Array(3) } };
    for (const damaged of [
      {},
      { ...features, views: 7 },
      { ...features, views: [torn] },
      { ...features, turned: [[{}]] },
    ]) {
      kept.photos.set(id, damaged);
      const before = opened().length;
      await teach(LESSON, { kept, ids: IDS });
      expect(opened().length).toBeGreaterThan(before);
    }
    expect(tasks.at(-1)!.photos).toEqual(tasks[0]!.photos);
  });

  it('goes on with what is known of photos that are gone, and leaves out those that it doesn’t know', async () => {
    const kept: KeptFeatures = { photos: new Map() };
    await setUp().teach(LESSON, { kept, ids: IDS });
    const gone = setUp(['good', 'bad', 'worse']);
    const [first, second] = LESSON.marked;
    const lesson = { ...LESSON, marked: [{ ...first!, regions: [square(8, 20)] }, second!] };
    await gone.teach(lesson, { kept, ids: IDS });
    expect(gone.tasks[0]!.photos.map(({ name }) => name)).toEqual([
      'good.jpg',
      'fine.jpg',
      'bad.jpg',
      'worse.jpg',
    ]);
    expect(gone.tasks[0]!.photos[2]!.marks).toEqual([square(8, 20)]);

    const other = {
      photos: new Map([...kept.photos].map(([id, one]) => [id, { ...one, model: 'another' }])),
    };
    const { doubts } = await setUp(['good']).teach(LESSON, { kept: other, ids: IDS });
    expect(doubts[0]).toMatchObject({ reason: 'photo-left-out', params: { name: 'good.jpg' } });
  });
});
