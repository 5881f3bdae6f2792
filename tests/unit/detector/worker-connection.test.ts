import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectWorker, launchWorker } from '../../../src/detector/worker-connection.js';

const URL_ = 'https://page.test/assets/inference.js';

/** A worker that does what the test says. */
class BrowserWorker extends EventTarget {
  static last: BrowserWorker;
  isTerminated = false;

  constructor(readonly address: string) {
    super();
    BrowserWorker.last = this;
  }

  /** What it was sent. */
  readonly sent: { readonly id?: string }[] = [];

  postMessage(message: { readonly id?: string }): void {
    this.sent.push(message);
  }

  terminate(): void {
    this.isTerminated = true;
  }

  say(data: unknown): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data }));
  }

  fail(message = ''): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }));
  }
}

const reasonOf = (crashed: AbortSignal) =>
  vi.waitFor(() => {
    if (!crashed.aborted) throw new Error('It has not crashed.');
    return crashed.reason as unknown;
  });

beforeEach(() => {
  vi.stubGlobal('Worker', BrowserWorker);
  vi.stubGlobal('ErrorEvent', Event);
  vi.stubGlobal('location', new URL('https://page.test/'));
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('Not found', { status: 404 })));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a worker', () => {
  it.each([true, false])('whose lock is held (%s) is watched only then', async (holdsLife) => {
    const request = vi.fn(async (_name: string, _options: unknown, onFree: () => void) => onFree());
    vi.stubGlobal('navigator', { locks: { request } });
    const { api, crashed, terminate } = connectWorker(URL_);
    const start = { model: { kind: 'url', url: URL_ }, threads: 1 } as const;
    const runtime = { wasm: '', mjs: '', bytes: 1 };
    const starting = api.start({ ...start, runtime }, () => undefined);
    const value = { ok: true, value: { holdsLife } };
    BrowserWorker.last.say({ id: BrowserWorker.last.sent.at(-1)!.id, type: 'RAW', value });
    expect(await starting).toEqual(value);
    expect(request).toHaveBeenCalledTimes(holdsLife ? 1 : 0);
    expect(crashed.aborted).toBe(holdsLife);
    terminate();
  });

  it('that the browser refuses to make leaves no listener behind', () => {
    const added = vi.fn();
    const removed = vi.fn();
    vi.stubGlobal('addEventListener', added);
    vi.stubGlobal('removeEventListener', removed);
    vi.stubGlobal('Worker', function refuse() {
      throw new DOMException('Not allowed here.', 'SecurityError');
    });
    expect(() => launchWorker(URL_)).toThrow('Not allowed here.');
    expect(removed.mock.calls).toEqual(added.mock.calls);
    expect(added).toHaveBeenCalledOnce();
  });

  it('that could not be loaded says why', async () => {
    const { crashed } = launchWorker(URL_);
    BrowserWorker.last.fail();
    expect(await reasonOf(crashed)).toMatchObject({ code: 'assets-unavailable' });
  });

  it('that is served, but not run by the browser, is damaged', async () => {
    const headers = { 'content-type': 'text/javascript' };
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('expor', { headers })));
    const { crashed } = launchWorker(URL_);
    BrowserWorker.last.fail();
    expect(await reasonOf(crashed)).toMatchObject({
      code: 'assets-unavailable',
      message: expect.stringContaining(`${URL_} has arrived incomplete or changed`) as string,
    });
  });

  it('that stops later has crashed, and asks no server', async () => {
    const fetched = vi.fn();
    vi.stubGlobal('fetch', fetched);
    const { crashed } = launchWorker(URL_);
    BrowserWorker.last.say({ silence: 0 });
    BrowserWorker.last.fail('Out of luck');
    expect(await reasonOf(crashed)).toMatchObject({
      code: 'worker-crashed',
      message: 'The background worker stopped (Out of luck). Try again.',
    });
    expect(fetched).not.toHaveBeenCalled();
  });

  it('that says nothing for half a minute is given up', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { crashed } = launchWorker(URL_);
    await vi.advanceTimersByTimeAsync(29_999);
    expect(crashed.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(crashed.reason).toMatchObject({
      code: 'timed-out',
      message: expect.stringContaining(`${URL_} has not answered for 30 seconds`) as string,
    });
  });

  it('that is silent for longer than it has announced is given up', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { crashed } = launchWorker(URL_);
    BrowserWorker.last.say({ silence: 5000 });
    await vi.advanceTimersByTimeAsync(4000);
    BrowserWorker.last.say({ silence: 0 });
    await vi.advanceTimersByTimeAsync(60_000);
    BrowserWorker.last.say({ silence: 5000 });
    // An answer to a call.
    BrowserWorker.last.say({ id: '1', type: 'RAW', value: 1 });
    await vi.advanceTimersByTimeAsync(4999);
    expect(crashed.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(crashed.reason).toMatchObject({ code: 'timed-out', data: { reason: 'thread-not-made' } });
  });

  it.each(['begun', 'ended'])('that has %s may be silent', async (what) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { crashed, terminate } = launchWorker(URL_);
    if (what === 'begun') BrowserWorker.last.say({ silence: 0 });
    else terminate();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(crashed.aborted).toBe(false);
  });
});
