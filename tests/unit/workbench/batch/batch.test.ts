import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InspectorError } from '../../../../src/core/errors.js';
import { Batch, type RunOptions, type Work } from '../../../../src/workbench/batch/batch.js';
import type { BatchEntry } from '../../../../src/workbench/batch/entries.js';
import { failure } from '../failure.js';

interface Run {
  readonly input: string;
  readonly options: RunOptions<number>;
  readonly finish: (output: string) => void;
  readonly fail: (error: InspectorError) => void;
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

/** A batch whose items wait until the test says what becomes of them; its tools are 1, 2, ... */
function setUp(work: Partial<Work<string, string, number>> = {}) {
  const open = new Set<Run>();
  const began: string[] = [];
  let time = 0;
  let lanes = 1;
  let most = 0;
  const batch = new Batch<string, string, number>(
    {
      nameOf: (input) => input,
      lanes: () => lanes,
      prepare: async () => 1,
      run: (input, options) =>
        new Promise((resolve, reject) => {
          const run: Run = {
            input,
            options,
            finish: (output) => {
              open.delete(run);
              resolve(output);
            },
            fail: (error) => {
              open.delete(run);
              reject(error);
            },
          };
          began.push(input);
          open.add(run);
          most = Math.max(most, open.size);
          options.signal.addEventListener('abort', () => run.fail(failure('cancelled')));
        }),
      ...work,
    },
    () => time,
  );
  return {
    batch,
    open,
    began,
    finish: (output = 'ok') => [...open][0]?.finish(output),
    fail: (error = failure('corrupt-image')) => [...open][0]?.fail(error),
    states: () => batch.entries.map(({ state }) => state).join(' '),
    get most() {
      return most;
    },
    set lanes(value: number) {
      lanes = value;
    },
    pass: (milliseconds: number) => (time += milliseconds),
  };
}

const idsOf = (entries: readonly BatchEntry<string, string>[]) => entries.map(({ id }) => id);

describe('lanes', () => {
  test('as many run side by side as there are lanes at that time', async () => {
    const one = setUp();
    one.lanes = 2;
    one.batch.add(['a', 'b', 'c', 'd', 'e']);
    await settle();
    expect(one.states()).toBe('running running waiting waiting waiting');
    one.lanes = 3;
    one.finish();
    await settle();
    expect(one.states()).toBe('done running running running waiting');
    one.lanes = 1;
    one.finish();
    one.finish();
    await settle();
    expect(one.states()).toBe('done done done running waiting');
  });

  test('a lane is free once a cancelled item has ended, not before', async () => {
    let end: () => void = () => undefined;
    const { batch, states } = setUp({
      run: (input) =>
        input === 'slow' ? new Promise((resolve) => (end = () => resolve(''))) : Promise.resolve('ok'),
    });
    const [slow] = batch.add(['slow', 'b']);
    await settle();
    batch.cancel(slow!.id);
    await settle();
    expect(states()).toBe('cancelled waiting');
    end();
    await settle();
    expect(states()).toBe('cancelled done');
  });
});

describe('pause', () => {
  test('lets what runs go on and begins nothing new until it is resumed', async () => {
    const { batch, finish, states } = setUp();
    batch.add(['a', 'b']);
    await settle();
    batch.pause();
    expect(batch.isPaused).toBe(true);
    finish();
    await settle();
    expect(states()).toBe('done waiting');
    batch.add(['c']);
    await settle();
    expect(states()).toBe('done waiting waiting');
    batch.resume();
    await settle();
    expect(states()).toBe('done running waiting');
  });

  test('while the tool is fetched, nothing begins either', async () => {
    let give: (tool: number) => void = () => undefined;
    const { batch, states } = setUp({ prepare: () => new Promise((resolve) => (give = resolve)) });
    batch.add(['a']);
    batch.pause();
    give(1);
    await settle();
    expect(states()).toBe('waiting');
    batch.resume();
    await settle();
    give(1);
    await settle();
    expect(states()).toBe('running');
  });
});

describe('results', () => {
  test('stay until another replaces them', async () => {
    const { batch, finish, fail } = setUp();
    const [a] = batch.add(['a']);
    const outcome = () => [batch.get(a!.id)!.state, batch.get(a!.id)!.output];
    await settle();
    finish('first');
    await settle();
    batch.retry([a!.id]);
    expect(outcome()).toEqual(['waiting', 'first']);
    const second = batch.result(a!.id);
    await settle();
    expect(outcome()).toEqual(['running', 'first']);
    finish('second');
    await expect(second).resolves.toBe('second');
    batch.retry([a!.id]);
    await settle();
    fail();
    await settle();
    expect(outcome()).toEqual(['failed', 'second']);
    batch.retryFailed();
    batch.cancel(a!.id);
    expect(outcome()).toEqual(['cancelled', 'second']);
    expect(batch.get(a!.id)!.error!.code).toBe('cancelled');
  });

  test('come back with what was removed, in its old place; what was waiting waits again', async () => {
    const { batch, finish, began } = setUp();
    const [a, b, c, d] = idsOf(batch.add(['a', 'b', 'c', 'd']));
    await settle();
    finish('of a');
    await settle();
    const removed = batch.remove([c!, a!, b!]);
    expect(idsOf(batch.entries)).toEqual([d]);
    await settle();
    expect(began).toEqual(['a', 'b', 'd']);
    batch.putBack(removed);
    batch.putBack(removed);
    expect(batch.entries.map(({ id, state, output }) => [id, state, output])).toEqual([
      [a, 'done', 'of a'],
      [b, 'waiting', undefined],
      [c, 'waiting', undefined],
      [d, 'running', undefined],
    ]);
    await expect(batch.result(a!)).resolves.toBe('of a');
    finish();
    await settle();
    expect(began).toEqual(['a', 'b', 'd', 'b']);
    expect(idsOf(batch.add(['e']))[0]).toBeGreaterThan(d!);
  });
});

test('what was removed comes back to its place in whatever order it is brought', async () => {
  const { batch, began, finish } = setUp();
  const ids = idsOf(batch.add(['a', 'b', 'c', 'd']));
  batch.pause();
  batch.putBack(batch.remove([...ids].reverse()));
  expect(idsOf(batch.entries)).toEqual(ids);
  expect(ids.map((id) => batch.get(id)?.name)).toEqual(['a', 'b', 'c', 'd']);
  batch.resume();
  for (let i = 0; i < 4; i++) {
    await settle();
    finish();
  }
  await settle();
  expect(began).toEqual(['a', 'b', 'c', 'd']);
});

test('suspended, it begins nothing that is run again or put back, until it is woken or more is added', async () => {
  const { batch, finish, states, began } = setUp();
  const [a] = idsOf(batch.add(['a']));
  await settle();
  finish();
  await settle();
  batch.suspend();
  batch.retry([a!]);
  await settle();
  batch.putBack(batch.remove([a!]));
  await settle();
  expect([states(), began]).toEqual(['waiting', ['a']]);
  batch.wake();
  await settle();
  expect(began).toEqual(['a', 'a']);
});

describe('failures', () => {
  test('of the preparation settle nothing that somebody cancels when hearing of the first', async () => {
    const { batch, states } = setUp({ prepare: () => Promise.reject(failure('offline')) });
    const settled: string[] = [];
    batch.addEventListener('settled', (event) => {
      const { id, state } = (event as CustomEvent<BatchEntry<string, string>>).detail;
      settled.push(`${id} ${state}`);
      if (id === 1) {
        batch.cancel(2);
        batch.remove([3]);
      }
    });
    batch.add(['a', 'b', 'c', 'd']);
    await settle();
    expect(states()).toBe('failed cancelled failed');
    expect(settled).toEqual(['1 failed', '2 cancelled', '3 cancelled', '4 failed']);
  });

  test('of the preparation, thrown or rejected, fail what waits and nothing else', async () => {
    let works = true;
    const { batch, states } = setUp({
      prepare: () => {
        if (!works) throw failure('offline');
        return Promise.resolve(1);
      },
    });
    batch.add(['a']);
    await settle();
    works = false;
    batch.add(['b', 'c']);
    expect(states()).toBe('running waiting waiting');
    batch.cancel(batch.entries[0]!.id);
    await settle();
    expect(states()).toBe('cancelled failed failed');
    expect(batch.entries[2]!.error!.code).toBe('offline');
  });

  test('are tried again with the next tool, where the work says so', async () => {
    const tools: number[] = [];
    let tool = 1;
    const { batch, states, fail, finish, open } = setUp({
      prepare: async () => tool,
      failed: (_, used) => {
        tools.push(used);
        if (used !== tool) return 'retry';
        return used === 1 ? (tool++, 'retry') : 'give-up';
      },
    });
    batch.add(['a']);
    await settle();
    fail();
    await settle();
    expect([...open][0]!.options.tool).toBe(2);
    fail();
    await settle();
    expect(states()).toBe('failed');
    expect(tools).toEqual([1, 2]);
    batch.retryFailed();
    await settle();
    finish();
    await settle();
    expect(states()).toBe('done');
  });

  test('an item that is removed while its failure is judged stays removed', async () => {
    const settled: string[] = [];
    const { batch, fail } = setUp({
      failed: () => {
        batch.removeAll();
        return 'give-up';
      },
    });
    batch.addEventListener('settled', (event) =>
      settled.push((event as CustomEvent<BatchEntry<string, string>>).detail.state),
    );
    batch.add(['a']);
    await settle();
    fail();
    await settle();
    expect(batch.entries).toEqual([]);
    expect(settled).toEqual(['cancelled']);
  });
});

test('runs everything that runs again; promises stay pending', async () => {
  const one = setUp();
  one.lanes = 2;
  const [a] = one.batch.add(['a', 'b', 'c']);
  const result = one.batch.result(a!.id);
  await settle();
  one.batch.restart();
  expect(one.states()).toBe('waiting waiting waiting');
  await settle();
  expect(one.states()).toBe('running running waiting');
  expect(one.began).toEqual(['a', 'b', 'a', 'b']);
  one.finish();
  await expect(result).resolves.toBe('ok');
});

test('the time left follows the last five, and the lanes', async () => {
  const one = setUp();
  one.batch.add(Array.from({ length: 10 }, (_, i) => String(i)));
  expect(one.batch.timeLeft).toBeUndefined();
  for (const time of [60_000, 1000, 2000, 3000, 2000, 2000]) {
    await settle();
    one.pass(time);
    one.finish();
  }
  await settle();
  expect(one.batch.timeLeft).toBe(4 * 2000);
  one.lanes = 2;
  expect(one.batch.timeLeft).toBe(2 * 2000);
  one.batch.cancelAll();
  expect(one.batch.timeLeft).toBe(0);
});

test('says once that it has changed, whatever changed in one go', async () => {
  const { batch } = setUp();
  let changes = 0;
  batch.addEventListener('change', () => changes++);
  batch.pause();
  batch.add(['a', 'b', 'c']);
  batch.cancelAll();
  batch.retry(idsOf(batch.entries));
  const { entries } = batch;
  expect(batch.entries).toBe(entries);
  expect(changes).toBe(0);
  await settle();
  expect(changes).toBe(1);
});

test('twenty thousand items are cancelled, retried, removed and put back without a pause', async () => {
  const time = async (count: number): Promise<number> => {
    const { batch } = setUp();
    const began = performance.now();
    const ids = idsOf(batch.add(Array.from({ length: count }, () => 'a')));
    batch.cancelAll();
    batch.retry(ids);
    batch.putBack(batch.removeAll());
    batch.remove(ids.filter((id) => id % 2 === 0));
    const took = performance.now() - began;
    expect(batch.totals).toMatchObject({ total: count / 2 });
    await settle();
    return took;
  };
  await time(2000);
  const few = Math.min(await time(2000), await time(2000), await time(2000));
  const many = Math.min(await time(20_000), await time(20_000));
  // Ten times as many would take a hundred times as long if each were compared with every other.
  expect(many / few).toBeLessThan(30);
}, 60_000);

test('whatever is done to it, no item is lost, the order is kept, and every promise settles', async () => {
  const place = fc.nat(8);
  const action = fc.oneof(
    fc.record({ kind: fc.constant('add' as const), count: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ kind: fc.constant('lanes' as const), lanes: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ kind: fc.constantFrom('cancel', 'retry', 'remove'), place }),
    fc.record({
      kind: fc.constantFrom(
        ...([
          'finish',
          'fail',
          'pause',
          'resume',
          'restart',
          'cancelAll',
          'retryFailed',
          'removeAll',
        ] as const),
        ...(['putBack', 'wait'] as const),
      ),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 40 }), async (actions) => {
      const one = setUp();
      const { batch } = one;
      const known = new Set<number>();
      const promises: Promise<unknown>[] = [];
      let removed: BatchEntry<string, string>[] = [];
      let atMost = 1;
      const take = (entries: BatchEntry<string, string>[]) => {
        removed = entries;
        for (const { id } of entries) known.delete(id);
      };
      for (const act of actions) {
        const id = 'place' in act ? (batch.entries[act.place]?.id ?? -1) : -1;
        if ('count' in act) {
          for (const entry of batch.add(Array.from({ length: act.count }, () => 'item'))) known.add(entry.id);
        } else if ('lanes' in act) {
          one.lanes = act.lanes;
          atMost = Math.max(atMost, act.lanes);
        } else if (act.kind === 'cancel') batch.cancel(id);
        else if (act.kind === 'retry') batch.retry([id]);
        else if (act.kind === 'remove') take(batch.remove([id]));
        else if (act.kind === 'removeAll') take(batch.removeAll());
        else if (act.kind === 'putBack') {
          batch.putBack(removed);
          for (const entry of removed) known.add(entry.id);
        } else if (act.kind === 'finish') one.finish();
        else if (act.kind === 'fail') one.fail();
        else if (act.kind === 'wait') await settle();
        else batch[act.kind]();
        for (const entry of batch.entries) promises.push(batch.result(entry.id).catch(() => 'rejected'));
        await Promise.resolve();

        expect(idsOf(batch.entries)).toEqual([...known].sort((a, b) => a - b));
        const { total, ...counts } = batch.totals;
        expect(total).toBe(known.size);
        for (const [state, count] of Object.entries(counts)) {
          expect(batch.entries.filter((entry) => entry.state === state).length).toBe(count);
        }
        expect(one.most).toBeLessThanOrEqual(atMost);
        for (const entry of batch.entries) {
          if (entry.state === 'done') expect(entry.output).toBeDefined();
          expect(entry.error !== undefined).toBe(entry.state === 'failed' || entry.state === 'cancelled');
        }
      }
      batch.resume();
      while (batch.totals.waiting + batch.totals.running > 0) {
        await settle();
        one.finish();
        await settle();
      }
      await Promise.all(promises);
    }),
    { numRuns: 150 },
  );
});
