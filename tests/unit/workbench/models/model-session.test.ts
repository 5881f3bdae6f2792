import { describe, expect, test } from 'vitest';
import { ModelSession } from '../../../../src/workbench/models/model-session.js';
import type { ModelRequest } from '../../../../src/workbench/models/model-library.js';
import type { ErrorCode } from '../../../../src/core/errors.js';
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
  const session = new ModelSession({
    factory: () => factory,
    request,
    threads: () => undefined,
    onProgress: () => undefined,
    onChange: () => undefined,
  });
  return { session, asked };
}
const fails = (code: ErrorCode) => failure(code, 'Reason.');

describe('the fallback', () => {
  test('a model that can’t be had gives way to the shipped one, with the reason', async () => {
    const { session, asked } = setUp(() => Promise.reject(fails('model-not-found')));
    await session.get();
    expect(asked).toEqual([undefined]);
    expect(session.state).toMatchObject({ kind: 'ready', fallback: { code: 'model-not-found' } });
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
