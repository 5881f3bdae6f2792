import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { InspectorError } from '../../../../src/core/errors.js';
import type { Inspection } from '../../../../src/core/types.js';
import type { Detector, ImageInput, InspectOptions } from '../../../../src/detector/types.js';
import { failure } from '../failure.js';
import { Batch } from '../../../../src/workbench/batch/batch.js';
import { PhotoBatch, type PhotoEntry } from '../../../../src/workbench/batch/photo-batch.js';

const file = (name: string) => new File(['x'], name);

/** A detector whose photos wait until the test says what becomes of them. */
class ManualDetector {
  readonly model = { hash: 'manual' };
  readonly calls: {
    input: ImageInput;
    options: InspectOptions;
    finish: () => void;
    fail: (error: unknown) => void;
  }[] = [];

  inspect(input: ImageInput, options: InspectOptions = {}): Promise<Inspection> {
    return new Promise((resolve, reject) => {
      this.calls.push({
        input,
        options,
        finish: () => resolve({ image: { name: options.name }, model: { hash: 'manual' } } as Inspection),
        fail: reject,
      });
      options.signal?.addEventListener('abort', () => reject(failure('cancelled', 'Cancelled.')));
    });
  }

  get last() {
    return this.calls.at(-1)!;
  }
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

function setUp() {
  const detector = new ManualDetector();
  const queue = new PhotoBatch({ get: async () => detector as unknown as Detector });
  const states = () => queue.entries.map(({ state }) => state).join(' ');
  return { detector, queue, states };
}

describe('PhotoBatch', () => {
  test('takes photos in order, one at a time, and shows the first result while the rest wait', async () => {
    const { detector, queue, states } = setUp();
    queue.add([file('a.png'), file('b.png'), file('c.png')]);
    await settle();
    expect(states()).toBe('running waiting waiting');
    detector.last.finish();
    await settle();
    expect(states()).toBe('done running waiting');
    expect(queue.entries[0]!.output!.image.name).toBe('a.png');
    expect(detector.calls.map(({ options }) => options.name)).toEqual(['a.png', 'b.png']);
    expect(queue.totals).toEqual({ total: 3, waiting: 1, running: 1, done: 1, failed: 0, cancelled: 0 });
  });

  test('takes as many photos side by side as the detector can', async () => {
    const { detector, queue, states } = setUp();
    Object.assign(detector, { workers: 2 });
    queue.add([file('a.png'), file('b.png'), file('c.png')]);
    await settle();
    expect(states()).toBe('running running waiting');
    detector.calls[1]!.finish();
    await settle();
    expect(states()).toBe('running done running');
  });

  test('takes no detector that was asked for before everything was to start again', async () => {
    const [old, next] = [new ManualDetector(), new ManualDetector()];
    let current = old;
    const queue = new PhotoBatch({ get: async () => current as unknown as Detector });
    const [entry] = queue.add([file('a.png')]);
    current = next;
    queue.restart();
    await settle();
    expect([old.calls.length, next.calls.length]).toEqual([0, 1]);
    next.last.finish();
    expect((await queue.result(entry!.id)).image.name).toBe('a.png');
  });

  test('names photos after file, URL or number, and lets the caller name them', () => {
    const { queue } = setUp();
    const names = queue
      .add([file('a.png'), 'https://x.test/parts/ring%201.jpg?size=2', new URL('https://x.test/b.png#c')])
      .concat(queue.add(['blob:https://x.test/123', new Blob(['x'])]))
      .concat(queue.add([file('a.png')], { name: 'left' }))
      .map(({ name }) => name);
    expect(names).toEqual(['a.png', 'ring 1.jpg', 'b.png', 'Photo 4', 'Photo 5', 'left']);
  });

  test('goes on after a photo that failed, and wraps unexpected errors', async () => {
    const { detector, queue, states } = setUp();
    queue.add([file('a'), file('b'), file('c')]);
    await settle();
    detector.last.fail(failure('corrupt-image', 'Broken.'));
    await settle();
    detector.last.fail(new TypeError('x is not a function'));
    await settle();
    detector.last.finish();
    await settle();
    expect(states()).toBe('failed failed done');
    expect(queue.entries[0]!.error!.code).toBe('corrupt-image');
    expect(queue.entries[1]!.error!.code).toBe('worker-crashed');
    expect(queue.entries[1]!.error!.message).not.toContain('function');
  });

  test('cancels the running photo by its signal and goes on with the next', async () => {
    const { detector, queue, states } = setUp();
    const [a] = queue.add([file('a'), file('b')]);
    await settle();
    queue.cancel(a!.id);
    expect(detector.calls[0]!.options.signal!.aborted).toBe(true);
    expect(states()).toBe('cancelled waiting');
    await settle();
    expect(states()).toBe('cancelled running');
  });

  test('a photo that finishes although it was cancelled stays cancelled', async () => {
    const { detector, queue, states } = setUp();
    const [a] = queue.add([file('a')]);
    await settle();
    const { finish } = detector.last;
    queue.cancel(a!.id);
    finish();
    await settle();
    expect(states()).toBe('cancelled');
  });

  test('goes on where a photo was cancelled in its tiles, and inspects one anew that was seen completely', async () => {
    const seenIn = (tiles: number) =>
      ({
        model: { hash: 'manual' },
        image: { name: 'a', width: 6000, height: 4000 },
        input: { detail: 'thorough', tiles, planned: 5 },
      }) as Inspection;
    const inspect = vi.fn<Detector['inspect']>().mockImplementationOnce(
      (_, { signal, onPartial } = {}) =>
        new Promise((__, reject) => {
          onPartial?.(seenIn(3));
          signal!.addEventListener('abort', () => reject(failure('cancelled', 'Cancelled.')));
        }),
    );
    inspect.mockResolvedValue(seenIn(5));
    const detector = { model: { hash: 'manual' }, inspect } as unknown as Detector;
    const queue = new PhotoBatch({ get: async () => detector });
    const [{ id }] = queue.add([file('a')]) as [PhotoEntry];
    await settle();
    queue.cancel(id);
    expect(queue.get(id)!.output!.input.tiles).toBe(3);
    queue.retry([id]);
    await settle();
    expect(queue.get(id)!.output!.input.tiles).toBe(5);
    queue.retry([id]);
    await settle();
    expect(inspect.mock.calls.map(([, options]) => options!.again)).toEqual([false, false, true]);
  });

  test('cancelled and retried at once, it runs again', async () => {
    const { detector, queue, states } = setUp();
    const [a] = queue.add([file('a')]);
    await settle();
    queue.cancel(a!.id);
    queue.retry([a!.id]);
    await settle();
    expect(states()).toBe('running');
    expect(detector.calls.length).toBe(2);
    detector.last.finish();
    await settle();
    expect(states()).toBe('done');
  });

  test('restarts the running photo with the detector of that time; its promise waits on', async () => {
    const former = new ManualDetector();
    const later = new ManualDetector();
    let detector = former;
    const queue = new PhotoBatch({ get: async () => detector as unknown as Detector });
    const [a, b] = queue.add([file('a'), file('b')]);
    const settledPhotos: string[] = [];
    queue.addEventListener('settled', (event) =>
      settledPhotos.push((event as CustomEvent<PhotoEntry>).detail.state),
    );
    const result = queue.result(a!.id);
    await settle();
    detector = later;
    queue.restart();
    expect(former.last.options.signal!.aborted).toBe(true);
    await settle();
    expect(queue.entries.map(({ state }) => state)).toEqual(['running', 'waiting']);
    expect(settledPhotos).toEqual([]);
    later.last.finish();
    await expect(result).resolves.toMatchObject({ image: { name: 'a' } });
    await settle();
    queue.cancel(b!.id);
    queue.restart();
    await settle();
    expect(queue.get(b!.id)!.state).toBe('cancelled');
  });

  test('tries a photo again when the failure brings another detector, and fails it when not', async () => {
    const former = new ManualDetector();
    const later = new ManualDetector();
    let detector = former;
    const reasons: string[] = [];
    const queue = new PhotoBatch({
      get: async () => detector as unknown as Detector,
      replaceAfter: (error, failed) => {
        reasons.push(error.code);
        if ((failed as unknown as ManualDetector) !== former) return false;
        detector = later;
        return true;
      },
    });
    const [a, b] = queue.add([file('a'), file('b')]);
    await settle();
    former.last.fail(failure('out-of-memory', 'Full.'));
    await settle();
    expect(queue.entries.map(({ state }) => state)).toEqual(['running', 'waiting']);
    later.last.finish();
    await expect(queue.result(a!.id)).resolves.toBeDefined();
    await settle();
    later.last.fail(failure('worker-crashed', 'Gone.'));
    await expect(queue.result(b!.id)).rejects.toMatchObject({ code: 'worker-crashed' });
    expect(reasons).toEqual(['out-of-memory', 'worker-crashed']);
  });

  test('a cancelled photo asks for no other detector', async () => {
    const detector = new ManualDetector();
    const replaceAfter = vi.fn(() => true);
    const queue = new PhotoBatch({ get: async () => detector as unknown as Detector, replaceAfter });
    const [a] = queue.add([file('a')]);
    await settle();
    queue.cancel(a!.id);
    await settle();
    expect(replaceAfter).not.toHaveBeenCalled();
    expect(queue.get(a!.id)!.state).toBe('cancelled');
  });

  test('cancels all that is not done', async () => {
    const { detector, queue, states } = setUp();
    queue.add([file('a'), file('b'), file('c')]);
    await settle();
    detector.last.finish();
    await settle();
    queue.cancelAll();
    await settle();
    expect(states()).toBe('done cancelled cancelled');
    expect(detector.calls.length).toBe(2);
  });

  test('retries one, or all that failed, in their old places', async () => {
    const { detector, queue, states } = setUp();
    const [a, b] = queue.add([file('a'), file('b'), file('c')]);
    await settle();
    detector.last.fail(failure('out-of-memory', 'Full.'));
    await settle();
    queue.cancel(b!.id);
    await settle();
    expect(states()).toBe('failed cancelled running');
    queue.retry([b!.id]);
    queue.retryFailed();
    expect(states()).toBe('waiting waiting running');
    expect(queue.get(a!.id)!.error).toBeUndefined();
    detector.last.finish();
    await settle();
    expect(states()).toBe('running waiting done');
  });

  test('removes and clears, running or not', async () => {
    const { detector, queue, states } = setUp();
    const [a] = queue.add([file('a'), file('b')]);
    await settle();
    queue.remove([a!.id]);
    expect(detector.calls[0]!.options.signal!.aborted).toBe(true);
    await settle();
    expect(states()).toBe('running');
    queue.removeAll();
    expect(queue.entries).toEqual([]);
    await settle();
    queue.add([file('c')]);
    await settle();
    expect(states()).toBe('running');
  });

  test('result() resolves, or rejects with the reason', async () => {
    const { detector, queue } = setUp();
    const [a, b, c, d] = queue.add([file('a'), file('b'), file('c'), file('d')]).map(({ id }) => id);
    const results = Promise.allSettled([a, b, c, d, 99].map((id) => queue.result(id!)));
    await settle();
    detector.last.finish();
    await settle();
    detector.last.fail(failure('corrupt-image', 'Broken.'));
    await settle();
    queue.cancel(c!);
    await settle();
    queue.remove([d!]);
    expect(
      (await results).map((one) =>
        one.status === 'fulfilled' ? one.value.image.name : (one.reason as InspectorError).code,
      ),
    ).toEqual(['a', 'corrupt-image', 'cancelled', 'cancelled', 'cancelled']);
    await expect(queue.result(a!)).resolves.toMatchObject({ image: { name: 'a' } });
    await expect(queue.result(b!)).rejects.toMatchObject({ code: 'corrupt-image' });
  });

  test('photos wait for the model; when it fails they fail with its error, what is done stays, and a retry asks anew', async () => {
    const detector = new ManualDetector();
    let attempts = 0;
    let open: (works: boolean) => void = () => undefined;
    const queue = new PhotoBatch({
      get: async () => {
        attempts++;
        const works = await new Promise<boolean>((resolve) => (open = resolve));
        if (!works) throw failure('offline', 'No network.');
        return detector as unknown as Detector;
      },
    });
    expect(attempts).toBe(0);
    queue.add([file('a'), file('b')]);
    await settle();
    expect(queue.totals.waiting).toBe(2);
    open(true);
    await settle();
    detector.last.finish();
    await settle();
    queue.add([file('c')]);
    open(false);
    await settle();
    expect(queue.entries.map(({ state, error }) => error?.code ?? state)).toEqual([
      'done',
      'offline',
      'offline',
    ]);
    queue.retryFailed();
    expect(queue.totals).toMatchObject({ done: 1, waiting: 2 });
    await settle();
    open(true);
    await settle();
    expect(queue.totals).toMatchObject({ done: 1, running: 1, waiting: 1 });
  });

  test('one cancelled while the model loads is never inspected', async () => {
    const detector = new ManualDetector();
    let open: () => void = () => undefined;
    const queue = new PhotoBatch({
      get: async () => {
        await new Promise<void>((resolve) => (open = resolve));
        return detector as unknown as Detector;
      },
    });
    const [a] = queue.add([file('a')]);
    await settle();
    queue.cancel(a!.id);
    open();
    await settle();
    expect(detector.calls).toEqual([]);
    expect(queue.totals).toMatchObject({ cancelled: 1, total: 1 });
  });

  test('takes what a cancelled photo came to as long as its run has not ended', async () => {
    const reports: ((partial: number) => void)[] = [];
    const ends: (() => void)[] = [];
    const batch = new Batch<string, number>({
      nameOf: (input) => input,
      lanes: () => 1,
      prepare: async () => undefined,
      run: (_, { report }) =>
        new Promise((_, reject) => {
          reports.push(report);
          ends.push(() => reject(failure('cancelled', 'Cancelled.')));
        }),
      saysMore: (partial, former) => former === undefined || partial > former,
    });
    const [entry] = batch.add(['a']);
    const { id } = entry!;
    await settle();
    reports[0]!(1);
    batch.cancel(id);
    expect(batch.get(id)).toMatchObject({ state: 'cancelled', output: 1 });
    reports[0]!(3);
    expect(batch.get(id)).toMatchObject({ state: 'cancelled', output: 3 });
    expect(batch.get(id)).not.toHaveProperty('partial');
    // Once it is to be run again, the first run is of no account.
    batch.retry([id]);
    reports[0]!(4);
    expect(batch.get(id)).toMatchObject({ state: 'waiting', output: 3 });
    ends[0]!();
    await settle();
    batch.cancel(id);
    reports[0]!(5);
    expect(batch.get(id)).toMatchObject({ state: 'cancelled', output: 3 });
    ends[1]!();
  });

  test('fires settled once per photo, after its entry has changed', async () => {
    const { detector, queue } = setUp();
    const seen: string[] = [];
    queue.addEventListener('settled', (event) => {
      const { id, state } = (event as CustomEvent<PhotoEntry>).detail;
      expect(queue.get(id)!.state).toBe(state);
      seen.push(state);
    });
    const [, b] = queue.add([file('a'), file('b')]);
    await settle();
    queue.cancel(b!.id);
    detector.last.finish();
    await settle();
    expect(seen).toEqual(['cancelled', 'done']);
  });

  test('whatever is done to it, every photo ends once, in order, and the totals add up', async () => {
    const action = fc.oneof(
      fc.constant('add' as const),
      fc.constant('finish' as const),
      fc.constant('fail' as const),
      fc.record({ kind: fc.constantFrom('cancel', 'retry', 'remove'), at: fc.nat(5) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 25 }), async (actions) => {
        const { detector, queue } = setUp();
        for (const one of actions) {
          if (one === 'add') queue.add([file('a')]);
          else if (one === 'finish') detector.calls.at(-1)?.finish();
          else if (one === 'fail') detector.calls.at(-1)?.fail(failure('corrupt-image', 'Broken.'));
          else {
            const id = queue.entries[one.at]?.id ?? -1;
            if (one.kind === 'cancel') queue.cancel(id);
            else queue[one.kind]([id]);
          }
          await Promise.resolve();
          const { total, ...counts } = queue.totals;
          expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(total);
          expect(counts.running).toBeLessThanOrEqual(1);
          const ids = queue.entries.map(({ id }) => id);
          expect(ids).toEqual([...ids].sort((a, b) => a - b));
        }
        while (queue.totals.waiting + queue.totals.running > 0) {
          await settle();
          detector.calls.at(-1)?.finish();
          await settle();
        }
      }),
      { numRuns: 60 },
    );
  });
});
