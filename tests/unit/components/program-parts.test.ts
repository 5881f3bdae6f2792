import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ProgramParts } from '../../../src/components/defect-inspector/program-parts.js';

const changed = () => undefined;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('says nothing of a part that comes at once', async () => {
  const parts = new ProgramParts(changed);
  expect(await parts.fetch(() => Promise.resolve('part'))).toBe('part');
  await vi.advanceTimersByTimeAsync(1000);
  expect(parts.isLong).toBe(false);
});

it('says that a part is awaited until it is there, or has failed', async () => {
  const parts = new ProgramParts(changed);
  let resolve: (part: string) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const first = parts.fetch(() => new Promise<string>((found) => (resolve = found)));
  const second = parts.fetch(() => new Promise<string>((_, lost) => (reject = lost)));
  second.catch(() => undefined);
  expect(parts.isLong).toBe(false);
  await vi.advanceTimersByTimeAsync(1000);
  expect(parts.isLong).toBe(true);
  resolve('part');
  expect(await first).toBe('part');
  expect(parts.isLong).toBe(true);
  reject(new Error('gone'));
  await expect(second).rejects.toThrow('gone');
  expect(parts.isLong).toBe(false);
});

it('gives a part up that never comes, and asks for it again', async () => {
  const parts = new ProgramParts(changed);
  const never = parts.fetch(() => new Promise(() => undefined));
  const givenUp = expect(never).rejects.toMatchObject({ name: 'TimeoutError' });
  await vi.advanceTimersByTimeAsync(30_000);
  await givenUp;
  expect(parts.isLong).toBe(false);
  expect(await parts.fetch(() => Promise.resolve('part'))).toBe('part');
});
