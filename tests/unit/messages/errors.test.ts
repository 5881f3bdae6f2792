import { describe, expect, it } from 'vitest';
import { fromErrorData, InspectorError, toErrorData } from '../../../src/core/errors.js';
import { errors, type Reason } from '../../../src/messages/en/errors.js';
import { say } from '../../../src/messages/message.js';

/** The compiler asks for parameters for every reason that has some. */
type Samples = {
  readonly [
    M in Reason as M extends { readonly params?: undefined } ? never : M['reason']
  ]: readonly M['params'][];
};

const url = 'https://example.test/models/a.onnx';
const inner = { reason: 'output-unreadable', params: { output: 'masks', type: 'float16' } } as const;

const SAMPLES: Samples = {
  foreign: [{ text: 'Out of paper.' }],

  'listed-not-evaluated': [{ names: ['a.png'] }, { names: ['a.png', 'b.png'] }],
  'command-args': [{ command: 'photo.show', name: 'id', kind: 'number' }],
  'evaluated-model-gone': [{ name: 'castings' }],

  'lesson-good-with-marks': [{ name: 'a.png' }],
  'lesson-file-of-other-version': [{ name: 'caps.lesson.zip' }],
  'lesson-file-damaged': [{ name: 'caps.lesson.zip' }],
  'kept-lesson-of-newer-version': [{ name: 'caps' }],
  'kept-lesson-damaged': [{ name: 'caps' }],
  'no-space-for-lesson': [
    { bytes: 28e6, free: undefined, smaller: undefined },
    { bytes: 28e6, free: 1e6, smaller: { keeping: 'photos', bytes: 12e5, fits: false } },
    { bytes: 28e6, free: 3e6, smaller: { keeping: 'features', bytes: 12e5, fits: true } },
  ],
  'lesson-photos-left-out': [{ name: 'caps', leftOut: ['a.png', 'b.png'] }],
  'lesson-photo-not-learnt': [{ name: 'b.png' }],
  'lesson-not-said': [{ name: 'a.png' }],
  'lesson-classes-alike': [{ one: 'dent', other: 'scratch' }],
  'lesson-mark-unreadable': [{ name: 'a.png' }],
  'lesson-class-unknown': [{ classId: 3 }],

  'download-too-large': [{ what: 'photo' }],
  'download-failed': [
    { what: 'model', url, isForeign: true },
    { what: 'program', url, isForeign: false },
  ],
  'page-allows-no-download': [{ what: 'model', host: 'example.test' }],
  'download-stalled': [{ what: 'model', url, seconds: 30 }],
  'server-failed': [{ what: 'catalogue', url, status: 503 }],
  'not-on-server': [
    { what: 'model', url, status: 404 },
    { what: 'program', url, status: 404 },
  ],
  'web-page-instead': [
    { what: 'catalogue', url },
    { what: 'program', url },
  ],
  'not-stored': [{ what: 'thresholds' }, { what: 'settings' }, { what: 'models' }],
  'not-an-address': [{ text: 'http://' }, { text: '' }],
  'model-not-in-catalogue': [{ name: 'third', known: ['first', 'second'] }],
  'model-not-as-promised': [{ url }],
  'script-of-wrong-type': [
    { url, type: 'application/octet-stream' },
    { url, type: '' },
  ],
  'policy-lacks-source': [
    { what: 'program', url, directive: 'worker-src', source: "'self'" },
    { what: 'model', url, directive: 'connect-src', source: "'self'" },
  ],
  'program-not-trusted': [{ url }],
  'program-damaged': [{ url }],
  'worker-silent': [{ url, seconds: 30 }],
  'thread-not-made': [{ url, seconds: 5 }],
  'runtime-refuses-model': [{ text: 'No kernel for Foo' }, { text: 'No kernel for Foo.' }],
  'opset-too-new': [{ opset: 99, newest: 26 }],
  'operator-unknown': [{ operator: 'Foo' }, { operator: 'com.example:Foo' }],
  'start-took-too-long': [{ milliseconds: 60_000 }, { milliseconds: 1 }],
  'photo-took-too-long': [{ milliseconds: 180_000 }],
  'photo-alone-fails': [{ why: { reason: 'not-enough-memory' } }],
  'runtime-failed': [{ text: 'Error: no' }, { text: 'Error: no.\n' }],
  'worker-failed': [{ text: 'DataCloneError: too large' }],
  'worker-stopped': [{ text: '' }, { text: 'Uncaught Error' }],

  'not-onnx': [
    { found: 'web-page' },
    { found: 'zip' },
    { found: 'tensorflow-lite' },
    { found: 'keras' },
    { found: 'gzip' },
    { found: 'image' },
    { found: 'unknown' },
  ],
  'model-of-other-task': [{ task: 'pose' }],
  'unknown-kind-of-model': [
    { inputs: ['image'], outputs: ['a', 'b'] },
    { inputs: [], outputs: [] },
  ],
  'needs-more-than-photo': [{ inputs: ['image', 'size'] }, { inputs: [] }],
  'input-not-planes': [{ input: 'images' }],
  'colours-last': [{ input: 'images' }],
  'channels-not-rgb': [{ channels: 1 }],
  'several-photos-at-once': [{ photos: 8 }],
  'class-names-do-not-match': [{ classes: 3, names: 1 }],
  'drop-without-photo': [{ name: 'lot 7' }, { name: 'lot 7', leftOut: ['a.zip'] }],
  'photo-is-archive': [{ archive: 'RAR' }],
  'files-left-out': [
    { name: 'lot 7', leftOut: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] },
    { name: 'lot 7', leftOut: ['a.zip'], hasOwn: true },
  ],
  'masks-left-out': [{ name: 'lot 7', leftOut: ['1_mask.png'] }],
  'annotations-left-out': [{ name: 'lot 7', leftOut: ['a.xml'] }],
  'one-model-of-several': [{ used: 'b.onnx', others: ['a.onnx'] }],
  'too-many-photos': [
    { most: 50_000, left: 1 },
    { most: 50_000, left: 150_000 },
  ],
  'one-zip-of-several': [
    { used: 'b.zip', others: ['a.zip'] },
    { used: 'b.zip', others: [] },
  ],
  'metadata-missing': [{ key: 'defect-inspector' }],
  'metadata-of-other-format': [{ format: 2 }, { format: 'object' }, { format: undefined }, {}],
  'metadata-invalid': [
    { wanted: 'object' },
    { path: 'classes', wanted: 'list' },
    { path: 'name', wanted: 'text' },
    { path: 'novelty.limit', wanted: 'number' },
    { path: 'novelty.limit', wanted: 'positive-number' },
    { path: 'scoreFloor', wanted: 'fraction' },
    { path: 'classes[0].color', wanted: 'colour' },
    { path: 'classes', wanted: 'classes' },
    { path: 'classes', wanted: 'different-ids' },
    { path: 'novelty.centres', wanted: 'centres' },
    { path: 'input.stride', wanted: { wholeFrom: 1 } },
    { path: 'input.padValue', wanted: { wholeFrom: 0, to: 255 } },
    { path: 'quantisation', wanted: { oneOf: ['none', 'weights', 'qdq'] } },
    { path: 'name', wanted: { textUpTo: 256 } },
  ],
  'metadata-too-long': [{ limit: 4e6 }],
  'metadata-too-deep': [{ levels: 64 }],
  'too-many-classes': [{ classes: 1e9, limit: 4096 }],
  'name-too-long': [
    { what: 'class', limit: 256 },
    { what: 'tensor', limit: 256 },
  ],
  'input-of-impossible-size': [{ width: 1e9, height: 0, limit: 4096 }],
  'output-of-other-type': [
    { output: 'boxes', found: 'int64', wanted: ['float32'] },
    { output: 'labels', found: undefined, wanted: ['int32', 'int64'] },
  ],
  'output-unreadable': [inner.params],
  'masks-of-other-size': [{ width: 28, height: 28, inputWidth: 640, inputHeight: 480 }],
  'outputs-do-not-match': [{ output: 'masks', found: 3, detections: 4 }],
  'output-implausible': [{ what: 'score', value: '7.5' }],
  'predictions-of-other-shape': [
    { dims: [1, 40, 'places'], coefficients: 32, classes: 3 },
    { dims: [1, 36, 8400], coefficients: undefined, classes: undefined },
  ],

  'photo-is-video': [{ type: 'video/mp4' }],
  'photo-of-unknown-format': [
    { type: 'text/plain' },
    { type: 'image/jpeg' },
    { type: 'image/x-pcx' },
    { type: '' },
  ],
  'photo-format-not-opened': [{ format: 'heic' }],
  'photo-damaged': [{ format: 'jpeg' }],
  'photo-too-large': [{ pixels: 121e6, limit: 120e6 }],
  'area-outside-photo': [{ width: 6000, height: 4000 }],

  'model-address-invalid': [{ text: 'http://' }],
  'stored-model-changed': [{ name: 'Dents' }, { name: undefined }, {}],
  'model-fails-on-photos': [
    { name: 'Dents', why: inner },
    { name: 'Dents', why: { reason: 'half-precision' } },
  ],
};

const messages = (Object.keys(errors) as Reason['reason'][]).flatMap((reason): Reason[] => {
  if (!(reason in SAMPLES)) return [{ reason } as Reason];
  return SAMPLES[reason as keyof Samples].map((params) => ({ reason, params }) as Reason);
});
const cases = messages.map((message) => [message.reason, message] as const);

describe('the sentences about errors', () => {
  it.each(cases)('%s is whole', (_, message) => {
    const sentence = say(errors, message);
    expect(sentence).toMatch(/^[A-Z"“].*\.$/s);
    expect(sentence).not.toMatch(/ {2}|\.\.| \.(\s|$)|\s$|undefined|null|NaN|\[object/);
  });

  it.each(cases)('%s says the same after its way through a worker or a file', (_, message) => {
    const error = new InspectorError({ code: 'model-unsupported', ...message });
    const data = toErrorData(error);
    expect(fromErrorData(structuredClone(data)).message).toBe(error.message);
    expect(fromErrorData(JSON.parse(JSON.stringify(data)) as typeof data).message).toBe(error.message);
  });

  it('are different for different reasons', () => {
    const reasons = new Map<string, string>();
    for (const message of messages) {
      const sentence = say(errors, message);
      expect(reasons.get(sentence) ?? message.reason).toBe(message.reason);
      reasons.set(sentence, message.reason);
    }
  });
});

describe('numbers in the sentences about errors', () => {
  it.each([
    [0, '0 photos', '0 classes', '0 names were', '0 detections'],
    [1, '1 photo', '1 class', '1 name was', '1 detection'],
    [2, '2 photos', '2 classes', '2 names were', '2 detections'],
    [21, '21 photos', '21 classes', '21 names were', '21 detections'],
  ])('go with the right form: %i', (n, photos, classes, names, detections) => {
    expect(say(errors, { reason: 'several-photos-at-once', params: { photos: n } })).toBe(
      `This model takes ${photos} at once. Export it for one ("batch=1").`,
    );
    expect(say(errors, { reason: 'class-names-do-not-match', params: { classes: n, names: n } })).toBe(
      `This model tells ${classes} apart, but ${names} given. ` +
        'Give one name for each class, in the order of the training.',
    );
    const params = { output: 'boxes', found: 7, detections: n };
    expect(say(errors, { reason: 'outputs-do-not-match', params })).toBe(
      `This model gives 7 boxes for ${detections}: its outputs don't belong together. Export it again.`,
    );
  });

  it('never say that a photo above the limit is as large as the limit', () => {
    const params = { pixels: 120.1e6, limit: 120e6 };
    expect(say(errors, { reason: 'photo-too-large', params })).toBe(
      'This photo has 121 megapixels; at most 120 fit. Crop it or reduce its size.',
    );
  });
});

it('whoever has photos of a phone hears how it writes others', () => {
  const heic = say(errors, { reason: 'photo-format-not-opened', params: { format: 'heic' } });
  expect(heic).toContain('HEIC');
  expect(heic).toContain('Most Compatible');
  expect(say(errors, { reason: 'photo-format-not-opened', params: { format: 'tiff' } })).not.toContain(
    'phone',
  );
});

it('an error about a model quotes the one that it follows from', () => {
  const why = new InspectorError({ code: 'model-unsupported', ...inner });
  const params = { name: 'Dents', why: toErrorData(why) };
  const error = new InspectorError({ code: why.code, reason: 'model-fails-on-photos', params });
  expect(error.message).toBe(`Dents could not be run on a photo. ${why.message}`);
  expect(fromErrorData(structuredClone(error.data))).toEqual(error);
});
