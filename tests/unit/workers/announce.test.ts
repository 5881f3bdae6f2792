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
  announceThreads();
  const make = () => new Worker('https://page.test/thread.js');
  if (fails) expect(make).toThrow('Not allowed here.');
  else make();
  expect(said.mock.calls).toEqual([[{ silence: 5000 }], [{ silence: 0 }]]);
});
