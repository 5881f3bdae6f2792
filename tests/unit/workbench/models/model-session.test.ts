import { describe, expect, test } from 'vitest';
import { ModelSession } from '../../../../src/workbench/models/model-session.js';
import type { ModelState } from '../../../../src/workbench/models/model-state.js';
import type { ModelRequest } from '../../../../src/workbench/models/model-library.js';
import { InspectorError, type ErrorCode } from '../../../../src/core/errors.js';
import type { Reason } from '../../../../src/messages/error-text.js';
import type { Detector, DetectorFactory, DetectorOptions } from '../../../../src/detector/types.js';
import { failure } from '../failure.js';
import { FakeDetector, MODEL } from '../fakes.js';

const OWN: ModelRequest = { model: 'own.onnx' };

function setUp(
  request: () => Promise<ModelRequest>,
  make: (options: DetectorOptions) => Detector | Promise<Detector> = () => new FakeDetector(),
) {
  const asked: (DetectorOptions['model'] | undefined)[] = [];
  const factory: DetectorFactory = async (options = {}) => {
    asked.push(options.model);
    return make(options);
  };
  const states: ModelState['kind'][] = [];
  let onChange: ((state: ModelState) => void) | undefined;
  const session: ModelSession = new ModelSession({
    factory: () => factory,
    request,
    options: () => ({ timeLimit: 30 }),
    onProgress: () => undefined,
    onChange: () => {
      states.push(session.state.kind);
      onChange?.(session.state);
    },
  });
  const listen = (listener: (state: ModelState) => void) => {
    onChange = listener;
  };
  return { session, asked, states, listen };
}
const fails = (code: ErrorCode) => failure(code, 'Reason.');

describe('the fallback', () => {
  test('a model that can’t be had gives way to the shipped one, with the reason', async () => {
    const { session, asked } = setUp(() => Promise.reject(fails('model-not-found')));
    await session.get();
    expect(asked).toEqual([undefined]);
    expect(session.state).toMatchObject({ kind: 'ready', fallback: { code: 'model-not-found' } });
  });

  test('is what every detector is asked for', async () => {
    const fallbacks: unknown[] = [];
    const { session } = setUp(
      async () => OWN,
      ({ fallback }) => {
        fallbacks.push(fallback);
        return new FakeDetector();
      },
    );
    await session.get();
    expect(fallbacks).toEqual([true]);
  });

  test('so does one with another hash than before, and its detector is disposed of', async () => {
    const detectors: FakeDetector[] = [];
    const { session, asked } = setUp(
      async () => ({ ...OWN, hash: 'f'.repeat(64), hints: { name: 'Castings' } }),
      () => {
        detectors.push(new FakeDetector());
        return detectors.at(-1)!;
      },
    );
    await session.get();
    expect(asked).toEqual(['own.onnx', undefined]);
    expect(detectors.map(({ isDisposed }) => isDisposed)).toEqual([true, false]);
    expect(session.state).toMatchObject({ fallback: { code: 'model-corrupt' } });
  });

  test('one with the right hash is used', async () => {
    const { session, asked } = setUp(async () => ({ ...OWN, hash: MODEL.hash }));
    await session.get();
    expect(asked).toEqual(['own.onnx']);
    expect(session.state).not.toHaveProperty('fallback');
  });

  test.each<[ErrorCode, boolean]>([
    ['worker-crashed', true],
    ['out-of-memory', true],
    ['model-not-found', true],
    ['timed-out', false],
    ['corrupt-image', false],
    ['image-too-large', false],
    ['offline', false],
  ])('after %s on a photo: another model: %s', async (code, isReplaced) => {
    const { session, asked } = setUp(async () => OWN);
    const detector = await session.get();
    expect(session.replaceAfter(fails(code), detector)).toBe(isReplaced);
    const next = await session.get();
    expect(next === detector).toBe(!isReplaced);
    expect(asked).toEqual(isReplaced ? ['own.onnx', undefined] : ['own.onnx']);
    if (isReplaced) {
      expect(session.state).toMatchObject({ fallback: { code } });
      expect(String((session.state as { fallback: Error }).fallback)).toMatch(/could not be run.*Reason/);
    }
  });

  test('ends with the shipped model', async () => {
    const { session } = setUp(async () => ({}));
    expect(session.replaceAfter(fails('out-of-memory'), await session.get())).toBe(false);
    const stoodIn = setUp(
      async () => OWN,
      () => new FakeDetector(undefined, { fallback: fails('model-corrupt') }),
    ).session;
    expect(stoodIn.replaceAfter(fails('out-of-memory'), await stoodIn.get())).toBe(false);
    expect(stoodIn.state).toMatchObject({ fallback: { code: 'model-corrupt' } });
  });

  test('starts anew when somebody tries again', async () => {
    const { session, asked } = setUp(async () => OWN);
    session.replaceAfter(fails('out-of-memory'), await session.get());
    await session.get();
    session.reset();
    await session.get();
    expect(asked).toEqual(['own.onnx', undefined, 'own.onnx']);
    expect(session.state).not.toHaveProperty('fallback');
  });

  test('a late failure of a former detector changes nothing', async () => {
    const { session } = setUp(async () => OWN);
    const former = await session.get();
    session.reset();
    await session.get();
    expect(session.replaceAfter(fails('out-of-memory'), former)).toBe(false);
  });
});

test('whoever waits while another model is chosen gets that one', async () => {
  let request = OWN;
  const opening: ((detector: Detector) => void)[] = [];
  const { session, asked } = setUp(
    async () => request,
    () => new Promise<Detector>((resolve) => opening.push(resolve)),
  );
  const waiting = session.get();
  await new Promise((resolve) => setTimeout(resolve));
  request = { model: 'other.onnx' };
  session.reset();
  const next = session.get();
  await new Promise((resolve) => setTimeout(resolve));
  const [former, later] = [new FakeDetector(), new FakeDetector()];
  opening[0]!(former);
  opening[1]!(later);
  expect([await waiting, await next]).toEqual([later, later]);
  expect(former.isDisposed).toBe(true);
  expect(asked).toEqual(['own.onnx', 'other.onnx']);
});

describe('what is on its way when it is over', () => {
  const late: DetectorOptions[] = [];
  const speak = () => {
    for (const { onProgress } of late) onProgress?.({ phase: 'model', loaded: 1, total: 2 });
  };
  const settle = () => new Promise((resolve) => setTimeout(resolve));

  test('says nothing more of a model that failed or is ready', async () => {
    const failing = setUp(
      async () => OWN,
      (options) => {
        late.push(options);
        throw fails('offline');
      },
    );
    await expect(failing.session.get()).rejects.toMatchObject({ code: 'offline' });
    speak();
    expect(failing.session.state).toMatchObject({ kind: 'failed', error: { code: 'offline' } });
    const ready = setUp(
      async () => OWN,
      (options) => {
        late.push(options);
        return new FakeDetector();
      },
    );
    await ready.session.get();
    speak();
    expect(ready.session.state.kind).toBe('ready');
    expect(ready.states).toEqual(['loading', 'ready']);
    expect(late.map(({ timeLimit }) => timeLimit)).toEqual([30, 30]);
  });

  test('asks for no model, and blames none, once another one was chosen', async () => {
    const answers: ((request: ModelRequest | Error) => void)[] = [];
    const { session, asked } = setUp(
      () =>
        new Promise((resolve, reject) => {
          answers.push((request) => (request instanceof Error ? reject(request) : resolve(request)));
        }),
    );
    const waiting = session.get();
    session.reset();
    const next = session.get();
    answers[0]!(fails('model-not-found'));
    await settle();
    answers[1]!({ model: 'other.onnx' });
    expect(await waiting).toBe(await next);
    expect(asked).toEqual(['other.onnx']);
    expect(session.state).not.toHaveProperty('fallback');
  });

  test('whoever waited gets the model that was chosen as soon as the former one was ready', async () => {
    const { session, asked, listen } = setUp(async () => OWN);
    let later: Promise<Detector> | undefined;
    listen(({ kind }) => {
      if (kind !== 'ready' || later) return;
      session.reset();
      later = session.get();
    });
    const detector = await session.get();
    expect(detector).toBe(await later);
    expect(detector).toMatchObject({ isDisposed: false });
    expect(asked).toHaveLength(2);
  });
});

describe('a photo that fails', () => {
  const withReason = (code: ErrorCode, data: Reason) => new InspectorError({ code, ...data });

  test('alone leaves the model in use; one that never ends does not', async () => {
    const { session } = setUp(async () => OWN);
    const detector = await session.get();
    const why = { reason: 'not-enough-memory' } as const;
    const alone = withReason('out-of-memory', { reason: 'photo-alone-fails', params: { why } });
    expect(session.replaceAfter(alone, detector)).toBe(false);
    const endless = { reason: 'photo-took-too-long', params: { milliseconds: 1 } } as const;
    expect(session.replaceAfter(withReason('timed-out', endless), detector)).toBe(true);
  });

  test('because its detector has just gone is given to the next one', async () => {
    const { session } = setUp(async () => OWN);
    const former = await session.get();
    const gone = withReason('cancelled', { reason: 'detector-disposed' });
    expect(session.replaceAfter(gone, former)).toBe(false);
    session.reset();
    expect(session.replaceAfter(gone, former)).toBe(true);
  });
});
