/** What programs give by mistake: every method takes it, and says by a promise, with a code, what is wrong. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { htmlPage, openOrigin } from '../frameworks/origin.js';
import { sample } from './files.js';
import { useStage } from './harness.js';

const stage = useStage();

type Module = typeof import('../../src/index.js');

/** Of each way to misuse a method, what comes of it: an error's code, or `threw` where it did so at once. */
type Outcomes = Readonly<Record<string, string>>;

const misuse = async ({
  of,
  foreign,
}: {
  of: 'element' | 'detector';
  foreign: string;
}): Promise<Outcomes> => {
  const { module } = globalThis as unknown as { module: Module };
  const inspector =
    of === 'element'
      ? document.querySelector<InstanceType<Module['DefectInspectorElement']>>('defect-inspector')!
      : await module.createDetector();
  const closed = await createImageBitmap(new ImageData(8, 8));
  closed.close();
  const given = new ImageData(8, 8);
  structuredClone(given.data.buffer, { transfer: [given.data.buffer] });
  const image = new Image();
  image.src = foreign;
  await image.decode();
  const tainted = document.createElement('canvas');
  [tainted.width, tainted.height] = [image.naturalWidth, image.naturalHeight];
  tainted.getContext('2d')!.drawImage(image, 0, 0);
  const revoked = URL.createObjectURL(new Blob(['x']));
  URL.revokeObjectURL(revoked);
  const aborted = AbortSignal.abort();
  const inputs: Record<string, unknown[]> = {
    null: [null],
    nothing: [],
    'a number': [5],
    'an object': [{}],
    'a symbol': [Symbol('x')],
    'an empty text': [''],
    'no address': ['http://['],
    'a revoked address': [revoked],
    'a missing file': ['no-such-file.jpg'],
    'an empty file': [new Blob([])],
    'a closed bitmap': [closed],
    'pixels that were given away': [given],
    'a canvas without pixels': [new OffscreenCanvas(0, 0)],
    'a picture of another origin': [image],
    'a canvas with a picture of another origin': [tainted],
    'an image without an address': [new Image()],
    'an aborted signal': [new Blob(['x']), { signal: aborted }],
    'options that are null, with no photo': [new Blob(['x']), null],
    'options that are a text, with no photo': [new Blob(['x']), 'fast'],
  };
  const codeOf = async (call: () => unknown): Promise<string> => {
    let called: unknown;
    try {
      called = call();
    } catch (error) {
      return `threw ${String(error)}`;
    }
    if (!(called instanceof Promise)) return `no promise but ${String(called)}`;
    try {
      await called;
      return 'resolved';
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      return code ?? `no code: ${message}`;
    }
  };
  const call = inspector.inspect.bind(inspector) as (...all: unknown[]) => unknown;
  const outcomes: Record<string, string> = {};
  for (const [name, all] of Object.entries(inputs)) outcomes[name] = await codeOf(() => call(...all));
  if ('dispose' in inspector) {
    inspector.dispose();
    inspector.dispose();
    outcomes['after its end'] = await codeOf(() => call(new ImageData(8, 8)));
  }
  return outcomes;
};

const EXPECTED: Outcomes = {
  null: 'unsupported-image',
  nothing: 'unsupported-image',
  'a number': 'unsupported-image',
  'an object': 'unsupported-image',
  'a symbol': 'unsupported-image',
  'an empty text': 'unsupported-image',
  'no address': 'unsupported-image',
  'a revoked address': 'offline',
  'a missing file': 'unsupported-image',
  'an empty file': 'unsupported-image',
  'a closed bitmap': 'unsupported-image',
  'pixels that were given away': 'unsupported-image',
  'a canvas without pixels': 'unsupported-image',
  'a picture of another origin': 'unsupported-image',
  'a canvas with a picture of another origin': 'unsupported-image',
  'an image without an address': 'corrupt-image',
  'an aborted signal': 'cancelled',
  'options that are null, with no photo': 'unsupported-image',
  'options that are a text, with no photo': 'unsupported-image',
};

async function withPage<T>(work: (page: Page, foreign: string) => Promise<T>): Promise<T> {
  const other = await openOrigin({
    folder: 'public/samples',
    headers: { 'cross-origin-resource-policy': 'cross-origin' },
  });
  const own = await openOrigin({
    folder: 'dist',
    pages: {
      '/misuse.html': htmlPage(
        `<defect-inspector style="display: block; height: 90vh"></defect-inspector>
        <script type="module">globalThis.module = await import('./defect-inspector.js');</script>`,
      ),
    },
  });
  const { page } = await stage.open({ url: `${own.url}misuse.html` });
  try {
    await page.waitForFunction(() => 'module' in globalThis);
    return await work(page, `${other.url}tile-cracks.jpg`);
  } finally {
    await page.close();
    await Promise.all([own.close(), other.close()]);
  }
}

test.each(['element', 'detector'] as const)('inspect of the %s', async (of) => {
  const outcomes = await withPage((page, foreign) => page.evaluate(misuse, { of, foreign }));
  expect(outcomes).toEqual({ ...EXPECTED, ...(of === 'detector' && { 'after its end': 'cancelled' }) });
});

test('what makes detectors, learns, adds and exports', async () => {
  const photo = await sample();
  const outcomes = await withPage((page) =>
    page.evaluate(async (base64) => {
      const { module } = globalThis as unknown as { module: Module };
      const element = document.querySelector('defect-inspector') as unknown as Record<
        'add' | 'open' | 'clear' | 'export' | 'inspect',
        (...all: unknown[]) => unknown
      >;
      const { createDetector, teach } = module as unknown as Record<string, (...all: unknown[]) => unknown>;
      const how = async (call: () => unknown) => {
        let called: unknown;
        try {
          called = call();
        } catch (error) {
          return `threw ${String(error)}`;
        }
        return Promise.resolve(called).then(
          () => 'fine',
          (error: unknown) => (error as { code?: string }).code ?? (error as Error).name,
        );
      };
      const outcomes = {
        'a detector with a model that is not there': await how(() => createDetector!({ model: 'nope' })),
        'a detector with a model that is a number': await how(() => createDetector!({ model: 5 })),
        'a detector with no address for its files': await how(() => createDetector!({ assets: 'http://[' })),
        'a lesson that is null': await how(() => teach!(null)),
        'an empty lesson': await how(() => teach!({})),
        'a lesson of nothing': await how(() => teach!({ good: null, marked: [null], classes: 'x' })),
        'adding null': await how(() => element.add(null)),
        'adding nothing': await how(() => element.add()),
        'adding a text': await how(() => element.add('no-such-file.jpg')),
        'adding a file instead of a list': await how(() =>
          element.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], 'a.jpg')),
        ),
        'opening null': await how(() => element.open(null)),
        'opening nothing': await how(() => element.open()),
        'an export of no format': await how(() => element.export('pdf')),
        'an export of null': await how(() => element.export(null)),
      };
      const listed = document
        .querySelector('defect-inspector')!
        .shadowRoot!.querySelector('defect-queue')!
        .shadowRoot!.querySelectorAll('li').length;
      return { ...outcomes, listed };
    }, photo.buffer.toString('base64')),
  );
  expect(outcomes).toEqual({
    'a detector with a model that is not there': 'model-not-found',
    'a detector with a model that is a number': 'model-not-found',
    'a detector with no address for its files': 'assets-unavailable',
    'a lesson that is null': 'lesson-unusable',
    'an empty lesson': 'lesson-unusable',
    'a lesson of nothing': 'unsupported-image',
    'adding null': 'fine',
    'adding nothing': 'fine',
    'adding a text': 'fine',
    'adding a file instead of a list': 'fine',
    'opening null': 'fine',
    'opening nothing': 'fine',
    'an export of no format': 'RangeError',
    'an export of null': 'RangeError',
    // Each of the four is a photo, which says what is wrong with it.
    listed: 4,
  });
});
