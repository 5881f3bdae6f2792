/** Milliseconds that a page's thread is kept at a time: short enough for a frame. */
const SLICE = 10;
/** Milliseconds between two words about how far it is. */
const TELLING = 100;

/** Of somebody who waits for long work: hears now and then how far it is, and may stop it. */
export interface Watch {
  readonly onProgress?: ((done: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Works through a long list without keeping whoever waits for the thread, be it a page or a worker.
 * @throws the reason of the signal, once it is aborted
 */
export async function inSlices<T>(
  items: Iterable<T>,
  work: (item: T) => void | Promise<void>,
  { onProgress, signal }: Watch = {},
): Promise<void> {
  let end = performance.now() + SLICE;
  let told = performance.now();
  let done = 0;
  for (const item of items) {
    const working = work(item);
    if (working) await working;
    done++;
    const now = performance.now();
    if (now < end) continue;
    if (now - told >= TELLING) {
      onProgress?.(done);
      told = now;
    }
    await nextTask();
    signal?.throwIfAborted();
    end = performance.now() + SLICE;
  }
}

/** What is sorted at once. */
const RUN = 256;

/** Sorts a long list like that, equal ones in their order. */
export async function sortedInSlices<T>(items: readonly T[], compare: (a: T, b: T) => number): Promise<T[]> {
  let runs = Array.from({ length: Math.ceil(items.length / RUN) }, (_, i) =>
    items.slice(i * RUN, i * RUN + RUN),
  );
  await inSlices(runs, (run) => void run.sort(compare));
  while (runs.length > 1) {
    const longer: T[][] = [];
    for (let i = 0; i < runs.length; i += 2) {
      const both: T[] = [];
      await inSlices(merged(runs[i]!, runs[i + 1] ?? [], compare), (item) => void both.push(item));
      longer.push(both);
    }
    runs = longer;
  }
  return runs[0] ?? [];
}

function* merged<T>(a: readonly T[], b: readonly T[], compare: (a: T, b: T) => number): Generator<T> {
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) yield compare(a[i]!, b[j]!) <= 0 ? a[i++]! : b[j++]!;
  while (i < a.length) yield a[i++]!;
  while (j < b.length) yield b[j++]!;
}

/** A message comes at once; a timer waits for a second on a page that is not seen. */
const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
