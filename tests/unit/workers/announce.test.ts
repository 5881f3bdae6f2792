import { afterEach, expect, it, vi } from 'vitest';
import { announceThreads } from '../../../workers/announce.js';

afterEach(() => vi.unstubAllGlobals());

it.each([false, true])('announces that making a thread is over, also where it fails (%s)', (fails) => {
  const said = vi.fn();
  vi.stubGlobal('self', globalThis);
  vi.stubGlobal('postMessage', said);
  vi.stubGlobal('Worker', function make() {
    if (fails) throw new DOMException('Not allowed here.', 'SecurityError');
  });
  vi.stubGlobal('location', new URL('https://page.test/worker.js'));
  announceThreads('https://page.test/thread.js');
  const make = () => new Worker('https://page.test/thread.js');
  if (fails) expect(make).toThrow('Not allowed here.');
  else make();
  expect(said.mock.calls).toEqual([[{ silence: 5000 }], [{ silence: 0 }]]);
});

it('makes threads of nothing but the runtime', () => {
  const made = vi.fn();
  vi.stubGlobal('self', globalThis);
  vi.stubGlobal('postMessage', vi.fn());
  const stub = () =>
    vi.stubGlobal('Worker', function make(address: string) {
      made(address);
    });
  stub();
  vi.stubGlobal('location', new URL('https://page.test/worker.js'));
  announceThreads('https://page.test/thread.js');
  const make = (address: string | URL) => () => new Worker(address);
  for (const address of [
    'https://page.test/other.js',
    'https://other.test/thread.js',
    'blob:https://page.test/1',
    'data:text/javascript,',
  ]) {
    expect(make(address), address).toThrow(/Trusted Types/);
  }
  make(new URL('https://page.test/thread.js?import'))();
  // Of another origin's module, the runtime makes a copy in memory.
  stub();
  announceThreads('https://other.test/thread.js');
  make('blob:https://page.test/1')();
  expect(made.mock.calls).toEqual([['https://page.test/thread.js?import'], ['blob:https://page.test/1']]);
});
