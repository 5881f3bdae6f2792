import { describe, expect, test, vi } from 'vitest';
import { remember, Store } from '../../../src/workbench/store.js';

describe('a store', () => {
  test('is up to date at once, and tells of everything that changed in one go once', async () => {
    const store = new Store({ a: 1, b: 'x' });
    const before = store.state;
    const listener = vi.fn();
    store.subscribe(listener);
    store.update({ a: 2 });
    store.update({ b: 'y' });
    expect(store.state).toEqual({ a: 2, b: 'y' });
    expect(before).toEqual({ a: 1, b: 'x' });
    expect(listener).not.toHaveBeenCalled();
    await Promise.resolve();
    expect(listener).toHaveBeenCalledOnce();
  });

  test('tells nobody of a patch that changes nothing', async () => {
    const store = new Store<{ a: number | undefined }>({ a: NaN });
    const before = store.state;
    const listener = vi.fn();
    store.subscribe(listener);
    store.update({ a: NaN });
    store.update({});
    await Promise.resolve();
    expect(store.state).toBe(before);
    expect(listener).not.toHaveBeenCalled();
    store.update({ a: undefined });
    expect(store.state.a).toBeUndefined();
  });

  test('tells of changes that listeners make, and no longer calls those that have left', async () => {
    const store = new Store({ a: 1 });
    const seen: number[] = [];
    const leave = store.subscribe(() => {
      seen.push(store.state.a);
      if (store.state.a < 3) store.update({ a: store.state.a + 1 });
      else leave();
    });
    store.update({ a: 2 });
    await new Promise((resolve) => setTimeout(resolve));
    store.update({ a: 9 });
    await new Promise((resolve) => setTimeout(resolve));
    expect(seen).toEqual([2, 3]);
  });
});

test('a result stays the same object as long as its inputs do', () => {
  const sum = vi.fn((a: number, b: readonly number[]) => [a, ...b]);
  const remembered = remember(sum);
  const list = [1];
  const first = remembered(NaN, list);
  expect(remembered(NaN, list)).toBe(first);
  expect(remembered(NaN, [1])).not.toBe(first);
  expect(sum).toHaveBeenCalledTimes(2);
});
