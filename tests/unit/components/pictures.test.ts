import { afterEach, expect, test, vi } from 'vitest';
import { usePictureWorker, photoPicture } from '../../../src/components/shared/pictures.js';
import { InspectorError } from '../../../src/core/errors.js';
import type { PictureConnection } from '../../../src/detector/photo/connect-pictures.js';
import type { Picture, PictureRequest } from '../../../src/detector/photo/picture.js';
import { withBits } from '../../../src/detector/photo/sample-bits.js';

const FILE = new File(['x'], 'a.png');
const WHOLE = { what: 'whole' } as const;

/** Workers that answer as they are told to. */
function fakes(
  answer: (request: PictureRequest, worker: number) => ReturnType<PictureConnection['api']['picture']>,
) {
  const made: { readonly crash: AbortController; isEnded: boolean }[] = [];
  usePictureWorker(() => {
    const worker = { crash: new AbortController(), isEnded: false };
    const number = made.push(worker);
    return {
      api: { picture: (_, request) => answer(request, number) },
      crashed: worker.crash.signal,
      terminate: () => (worker.isEnded = true),
    };
  });
  return made;
}

const picture = { bitmap: {}, width: 3, height: 2 } as Picture;

/** Each test has workers of its own: the one before is taken to have crashed. */
let last: { readonly crash: AbortController }[] = [];
afterEach(async () => {
  vi.useRealTimers();
  last
    .at(-1)
    ?.crash.abort(
      new InspectorError({ code: 'worker-crashed', reason: 'worker-stopped', params: { text: '' } }),
    );
  await photoPicture(FILE, WHOLE).catch(() => undefined);
});

test('one worker makes all pictures, of the range that was set for the photo', async () => {
  const asked: PictureRequest[] = [];
  const made = (last = fakes(async (request) => {
    asked.push(request);
    return { ok: true, value: picture };
  }));
  expect(await photoPicture(FILE, WHOLE)).toBe(picture);
  await photoPicture((await withBits(FILE, 10))!, { what: 'thumbnail', side: 128 });
  expect(made.length).toBe(1);
  expect(asked).toMatchObject([{ what: 'whole' }, { what: 'thumbnail', side: 128, bits: 10 }]);
});

test('a photo that is being made for the viewer is not made a second time for the list', async () => {
  const asked: PictureRequest[] = [];
  let open: () => void = () => undefined;
  last = fakes(async (request) => {
    asked.push(request);
    await new Promise<void>((resolve) => (open = resolve));
    return {
      ok: true,
      value: { bitmap: { width: 3000, height: 2000 } as ImageBitmap, width: 6000, height: 4000 },
    };
  });
  const resized = vi.fn(async () => ({ width: 128, height: 85 }));
  vi.stubGlobal('createImageBitmap', resized);
  const thumbnail = photoPicture(FILE, { what: 'thumbnail', side: 128 });
  const whole = photoPicture(FILE, WHOLE);
  await vi.waitFor(() => expect(asked).toMatchObject([WHOLE]));
  await new Promise((resolve) => setTimeout(resolve));
  open();
  expect(await thumbnail).toEqual({ bitmap: { width: 128, height: 85 }, width: 6000, height: 4000 });
  expect(resized.mock.lastCall).toMatchObject([
    { width: 3000 },
    { resizeWidth: 128, resizeHeight: 85, resizeQuality: 'medium' },
  ]);
  await whole;
  // Afterwards, and where the viewer's has been closed, it is asked for by itself.
  resized.mockRejectedValue(new DOMException('closed', 'InvalidStateError'));
  const [again, other] = [photoPicture(FILE, WHOLE), photoPicture(FILE, { what: 'thumbnail', side: 128 })];
  await vi.waitFor(() => expect(asked.length).toBe(2));
  await new Promise((resolve) => setTimeout(resolve));
  open();
  await again;
  await vi.waitFor(() => expect(asked.length).toBe(3));
  open();
  expect(await other).toMatchObject({ width: 6000 });
  expect(asked.map(({ what }) => what)).toEqual(['whole', 'whole', 'thumbnail']);
  vi.unstubAllGlobals();
});

test('what the worker says is thrown, and a worker that crashes is replaced', async () => {
  const made = (last = fakes(async (_, worker) =>
    worker === 1
      ? { ok: false, error: { code: 'corrupt-image', reason: 'photo-empty' } }
      : { ok: true, value: picture },
  ));
  await expect(photoPicture(FILE, WHOLE)).rejects.toMatchObject({ code: 'corrupt-image' });
  expect(made[0]!.isEnded).toBe(false);
  made[0]!.crash.abort(
    new InspectorError({ code: 'worker-crashed', reason: 'worker-stopped', params: { text: '' } }),
  );
  await expect(photoPicture(FILE, WHOLE)).rejects.toMatchObject({ code: 'worker-crashed' });
  expect(made[0]!.isEnded).toBe(true);
  expect(await photoPicture(FILE, WHOLE)).toBe(picture);
});

test('a worker that says nothing any more is ended', async () => {
  vi.useFakeTimers();
  // The platform's own timer of signals is none of those that are faked.
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(new DOMException('late', 'TimeoutError')), ms);
    return abort.signal;
  });
  const made = (last = fakes((_, worker) =>
    worker === 1 ? new Promise(() => undefined) : Promise.resolve({ ok: true, value: picture }),
  ));
  const outcome = photoPicture(FILE, WHOLE).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(121_000);
  expect(await outcome).toMatchObject({ name: 'TimeoutError' });
  expect(made[0]!.isEnded).toBe(true);
  expect(await photoPicture(FILE, WHOLE)).toBe(picture);
  vi.restoreAllMocks();
});

test('a page whose host has no such worker decodes by itself, and asks for none again', async () => {
  const made = (last = fakes(() => new Promise(() => undefined)));
  const picture = photoPicture(FILE, WHOLE);
  made[0]!.crash.abort(
    new InspectorError({ code: 'offline', reason: 'worker-silent', params: { url: '', seconds: 1 } }),
  );
  // As the page's own decoder says.
  await expect(picture).rejects.toMatchObject({ code: 'unsupported-image' });
  await expect(photoPicture(FILE, WHOLE)).rejects.toMatchObject({ code: 'unsupported-image' });
  expect(made.length).toBe(1);
});
