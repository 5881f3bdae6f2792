/** Photos that are held one at a time, by workers under control. */
import { expect, it, vi } from 'vitest';
import { openDetector } from '../../../src/detector/open-detector.js';
import { pngHeader } from '../../png-header.js';
import { deferred, fakeEnvironment, photo } from './fake-worker.js';

const png = (width: number, height: number) => new File([pngHeader(width, height)], `${width}.png`);
const [HUGE, OTHER, THIRD] = [png(10_000, 10_000), png(9000, 9000), png(8000, 8000)];

/** How long a view takes would decide whether there are more. */
const FAST = { detail: 'fast' } as const;

/** Two workers, whose views end when they are let go. */
async function open() {
  const views: (() => void)[] = [];
  const { environment, workers } = fakeEnvironment({
    inspect: async () => {
      const view = deferred<undefined>();
      views.push(() => view.resolve(undefined));
      return view.promise;
    },
  });
  const detector = await openDetector({ workers: 2 }, environment);
  /** Files that workers have opened. */
  const opened = () => workers.flatMap(({ photos }) => photos).length;
  const go = async () => {
    await vi.waitFor(() => expect(views.length).toBeGreaterThan(0));
    views.shift()!();
  };
  return { detector, opened, go };
}

const later = () => new Promise((resolve) => setTimeout(resolve, 20));

it('two workers hold one photo of hundreds of megabytes at a time', async () => {
  const { detector, opened, go } = await open();
  const first = detector.inspect(HUGE, FAST);
  await vi.waitFor(() => expect(opened()).toBe(1));
  const second = detector.inspect(OTHER, FAST);
  await later();
  expect(opened()).toBe(1);
  await go();
  await first;
  await vi.waitFor(() => expect(opened()).toBe(2));
  await go();
  await second;
});

it('a smaller photo waits for none', async () => {
  const { detector, opened, go } = await open();
  const both = [HUGE, photo('small')].map((file) => detector.inspect(file, FAST));
  await vi.waitFor(() => expect(opened()).toBe(2));
  await go();
  await go();
  await Promise.all(both);
});

it('one that is cancelled, also while it waits, lets the next one in', async () => {
  const { detector, opened, go } = await open();
  const [first, second] = [new AbortController(), new AbortController()];
  const inspect = (file: File, { signal }: AbortController) =>
    detector.inspect(file, { ...FAST, signal }).catch((error: unknown) => error);
  const running = inspect(HUGE, first);
  await vi.waitFor(() => expect(opened()).toBe(1));
  const waiting = inspect(OTHER, second);
  await later();
  second.abort();
  expect(await waiting).toMatchObject({ code: 'cancelled' });
  const third = detector.inspect(THIRD, FAST);
  await later();
  expect(opened()).toBe(1);
  first.abort();
  expect(await running).toMatchObject({ code: 'cancelled' });
  await vi.waitFor(() => expect(opened()).toBe(2));
  await go();
  await go();
  await third;
});
