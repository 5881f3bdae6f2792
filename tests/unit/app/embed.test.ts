/** Both ends of the frame's messages, put together without a browser: a page, a frame, and an element that does what a test says. */
import { afterEach, beforeEach, expect, it, vi, type Mock } from 'vitest';
import { answerMessages } from '../../../src/app/embed/answers.js';
import { allowedOrigins } from '../../../src/app/embed/origins.js';
import { connect, EmbedError } from '../../../src/embed/connect.js';
import { InspectorError } from '../../../src/core/errors.js';
import type { DefectInspectorElement } from '../../../src/index.js';

const FRAME = 'https://inspector.test';
const PAGE = 'https://mes.test';

/** A window of that origin; messages for another origin are lost, as in browsers. */
class FakeWindow extends EventTarget {
  parent: FakeWindow = this;
  /** Who sends it what, as browsers say it. */
  sender!: FakeWindow;
  readonly lost: unknown[] = [];
  readonly reportError = vi.fn();

  constructor(readonly origin: string) {
    super();
  }

  postMessage(data: unknown, target: string): void {
    const { sender } = this;
    if (target !== '*' && target !== this.origin) this.lost.push(data);
    else
      queueMicrotask(() =>
        this.dispatchEvent(
          Object.assign(new Event('message'), {
            data: structuredClone(data),
            source: sender,
            origin: sender.origin,
          }),
        ),
      );
  }
}

interface Setup {
  page: FakeWindow;
  frame: FakeWindow;
  inspect: Mock<(picture: unknown, options: { signal: AbortSignal }) => Promise<unknown>>;
  clear: ReturnType<typeof vi.fn>;
  element: EventTarget;
}

function setUp(origins: readonly string[] = [PAGE], pageOrigin = PAGE): Setup {
  const page = new FakeWindow(pageOrigin);
  const frame = new FakeWindow(FRAME);
  frame.parent = page;
  page.sender = frame;
  frame.sender = page;
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  const inspect: Setup['inspect'] = vi.fn(() => Promise.resolve({ id: 'x' }));
  const clear = vi.fn();
  const element = new EventTarget();
  answerMessages({
    inspector: Object.assign(element, { inspect, clear }) as unknown as DefectInspectorElement,
    origins: Promise.resolve(allowedOrigins({ origins }, FRAME)),
    version: '1.2.3',
    frame: frame as unknown as Window,
  });
  return { page, frame, inspect, clear, element };
}

const frameOf = ({ frame }: Setup) => ({ contentWindow: frame }) as unknown as HTMLIFrameElement;
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'resolved',
    (error: unknown) => (error instanceof EmbedError ? error.code : String(error)),
  );

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('a listed page has pictures inspected, with the options that there are', async () => {
  const setup = setUp();
  const inspector = await connect(frameOf(setup), FRAME);
  expect(inspector.version).toBe('1.2.3');
  const picture = new Blob(['x']);
  const options = { name: 'a.jpg', smallest: 8, onPartial: undefined } as object;
  expect(await inspector.inspect(picture, options)).toEqual({ id: 'x' });
  const [photo, given] = setup.inspect.mock.calls[0] as unknown as [Blob, object];
  expect(photo.size).toBe(1);
  expect(given).toEqual({ name: 'a.jpg', smallest: 8, signal: expect.any(AbortSignal) as AbortSignal });
  inspector.clear();
  await vi.waitFor(() => expect(setup.clear).toHaveBeenCalledOnce());
});

it.each([[], ['https://other.test'], ['http://mes.test']])(
  'any other page is refused, and told how to be listed',
  async (...origins) => {
    const setup = setUp(origins);
    await expect(connect(frameOf(setup), FRAME)).rejects.toMatchObject({
      code: 'not-allowed',
      message: expect.stringMatching(/https:\/\/mes\.test.*embed\.json/) as string,
    });
    setup.frame.postMessage({ type: 'inspect', id: 1, picture: new Blob(['x']) }, FRAME);
    await new Promise((resolve) => setImmediate(resolve));
    expect(setup.inspect).not.toHaveBeenCalled();
  },
);

it('a page without an origin gets no answer', async () => {
  const setup = setUp(['*'], 'null');
  const refused = codeOf(connect(frameOf(setup), FRAME));
  await vi.advanceTimersByTimeAsync(31_000);
  expect(await refused).toBe('timed-out');
  expect([setup.page.lost, setup.frame.reportError.mock.calls]).toEqual([[], []]);
});

it('another window than the one around the frame is not listened to', async () => {
  const setup = setUp();
  setup.frame.sender = new FakeWindow(PAGE);
  const refused = codeOf(connect(frameOf(setup), FRAME));
  await vi.advanceTimersByTimeAsync(31_000);
  expect(await refused).toBe('timed-out');
});

it('an answer of another origin is not believed', async () => {
  const setup = setUp();
  const refused = codeOf(connect(frameOf(setup), 'https://elsewhere.test'));
  await vi.advanceTimersByTimeAsync(31_000);
  expect(await refused).toBe('timed-out');
});

it('what fails, fails by its code, and an address is no picture', async () => {
  const setup = setUp();
  const inspector = await connect(frameOf(setup), FRAME);
  setup.inspect.mockRejectedValueOnce(
    new InspectorError({ code: 'corrupt-image', reason: 'image-not-loaded' }),
  );
  expect(await codeOf(inspector.inspect(new Blob(['x'])))).toBe('corrupt-image');
  await inspector.inspect('https://inspector.test/secret.jpg' as unknown as Blob);
  const [photo] = setup.inspect.mock.calls[1] as unknown as [Blob];
  expect(photo.size).toBe(0);
});

it('what is cancelled stops, and so does all when the connection or the frame is closed', async () => {
  const setup = setUp();
  const signals: AbortSignal[] = [];
  setup.inspect.mockImplementation(async (_picture, { signal }) => {
    signals.push(signal);
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    throw new Error('x');
  });
  const inspector = await connect(frameOf(setup), FRAME);
  const controller = new AbortController();
  const one = codeOf(inspector.inspect(new Blob(['x']), { signal: controller.signal }));
  await vi.waitFor(() => expect(signals).toHaveLength(1));
  controller.abort();
  expect(await one).toBe('cancelled');
  await vi.waitFor(() => expect(signals[0]!.aborted).toBe(true));

  const two = codeOf(inspector.inspect(new Blob(['x'])));
  await vi.waitFor(() => expect(signals).toHaveLength(2));
  setup.frame.dispatchEvent(new Event('pagehide'));
  expect(await two).toBe('cancelled');

  const three = codeOf(inspector.inspect(new Blob(['x'])));
  inspector.close();
  expect(await three).toBe('cancelled');
  expect(await codeOf(inspector.inspect(new Blob(['x'])))).toBe('cancelled');
});

it('progress goes to the page that has asked, and to nobody before', async () => {
  const setup = setUp();
  const progress = { phase: 'starting' };
  const heard = vi.fn();
  const report = () =>
    setup.element.dispatchEvent(Object.assign(new Event('defect-progress'), { detail: progress }));
  report();
  await connect(frameOf(setup), FRAME, { onProgress: heard });
  expect(heard).not.toHaveBeenCalled();
  report();
  await vi.waitFor(() => expect(heard).toHaveBeenCalledExactlyOnceWith(progress));
});

it.each([
  ['without an id', [{ type: 'inspect' }]],
  [
    'with the id of another one',
    [
      { type: 'inspect', id: 'a' },
      { type: 'inspect', id: 'a' },
    ],
  ],
])('a request %s is not understood', async (_what, requests) => {
  const setup = setUp();
  setup.inspect.mockReturnValue(new Promise(() => undefined));
  const heard = vi.fn();
  setup.page.addEventListener('message', (event) => void heard((event as MessageEvent<unknown>).data));
  for (const request of requests) setup.frame.postMessage(request, FRAME);
  await vi.waitFor(() =>
    expect(heard).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ type: 'error', code: 'not-understood' }),
    ),
  );
});

it.each([null, undefined, 'hello', { type: 'toString' }, { type: '__proto__' }, {}])(
  'other messages are left alone: %j',
  async (data) => {
    const setup = setUp();
    const heard = vi.fn();
    setup.page.addEventListener('message', heard);
    setup.frame.postMessage(data, FRAME);
    await new Promise((resolve) => setImmediate(resolve));
    expect(heard).not.toHaveBeenCalled();
    expect(setup.frame.reportError).not.toHaveBeenCalled();
  },
);
