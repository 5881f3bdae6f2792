/** Visits of a page on which somebody teaches. */
import type { Region } from '../../../../src/core/types.js';
import type { TeachingState } from '../../../../src/workbench/lessons/state.js';
import type { Workbench } from '../../../../src/workbench/workbench.js';
import { fakePage, file } from '../fake-page.js';
import { FakeDetector, inspection } from '../fakes.js';
import { MemoryLessons } from './kept.js';
import { FakeTeacher } from './taught.js';

export const box = (x: number): Region => ({ x, y: 0, width: 8, height: 8, counts: Uint32Array.of(0, 64) });

/** The real one. */
const { setTimeout: later } = globalThis;

export async function until(isSo: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !isSo(); i++) await new Promise((resolve) => later(resolve, 4));
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
}
export const settle = () => until(() => true);

/** A page of a browser in which lessons may be kept. Photos are told apart by their names. */
export function visit(lessonStorage = new MemoryLessons()) {
  const page = fakePage(
    async () =>
      new FakeDetector((name) => {
        const one = inspection(name);
        return {
          ...one,
          image: { ...one.image, hash: Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64) },
        };
      }),
    { lessonStorage },
  );
  const teacher = new FakeTeacher();
  page.page.teacher = teacher.teach;
  return { ...page, teacher, lessonStorage };
}

/** A lesson of a good photo and a marked one, which is learnt. */
export async function taught(storage?: MemoryLessons) {
  const page = visit(storage);
  const { bench, teacher } = page;
  bench.add(['good.png', 'bad.png'].map(file));
  await settle();
  bench.run('lesson.start', { name: 'Gears' });
  const [good, bad] = bench.photos.entries.map(({ id }) => id) as [number, number];
  bench.run('lesson.good', { ids: [good] });
  bench.run('lesson.mark', { photo: bad, region: box(8) });
  bench.run('lesson.learn');
  await settle();
  teacher.end();
  await until(() => bench.state.teaching!.learning.kind === 'learnt');
  return { ...page, good, bad };
}

export const teaching = ({ state }: Workbench): TeachingState => state.teaching!;
