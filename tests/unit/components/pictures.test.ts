import { afterEach, expect, test, vi } from 'vitest';
import { usePictureWorker } from '../../../src/components/shared/picture-worker.js';
import { photoPicture } from '../../../src/components/shared/pictures.js';
import { InspectorError } from '../../../src/core/errors.js';
import type { PictureConnection } from '../../../src/detector/photo/connect-pictures.js';
import type { Picture, PictureRequest } from '../../../src/detector/photo/picture.js';
// Imported when it is needed, which takes seconds on a busy machine.
import '../../../src/detector/photo/picture.js';
import { withBits } from '../../../src/detector/photo/sample-bits.js';

const [FILE, OTHER, THIRD] = [new File(['x'], 'a.png'), new File(['y'], 'b.png'), new File(['z'], 'c.png')];
const WHOLE = { what: 'whole' } as const;
const THUMBNAIL = { what: 'thumbnail', side: 128 } as const;
const later = () => new Promise((resolve) => setTimeout(resolve));

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

afterEach(() => vi.useRealTimers());

const crash = ({ crash }: { readonly crash: AbortController }) =>
  crash.abort(new InspectorError({ code: 'worker-crashed', reason: 'worker-stopped', params: { text: '' } }));

test('one worker makes all pictures, of the range that was set for the photo', async () => {
  const asked: PictureRequest[] = [];
  const made = fakes(async (request) => {
    asked.push(request);
    return { ok: true, value: picture };
  });
  expect(await photoPicture(FILE, WHOLE)).toBe(picture);
  await photoPicture((await withBits(FILE, 10))!, { what: 'thumbnail', side: 128 });
  expect(made.length).toBe(1);
  expect(asked).toMatchObject([{ what: 'whole' }, { what: 'thumbnail', side: 128, bits: 10 }]);
});

test('a photo that is being made for the viewer is not made a second time for the list', async () => {
  const asked: PictureRequest[] = [];
  let open: () => void = () => undefined;
  fakes(async (request) => {
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
  const made = fakes(async (request, worker) => {
    if (worker > 1) return { ok: true, value: picture };
    if (request.what === 'thumbnail') return new Promise(() => undefined);
    return { ok: false, error: { code: 'corrupt-image', reason: 'photo-empty' } };
  });
  await expect(photoPicture(FILE, WHOLE)).rejects.toMatchObject({ code: 'corrupt-image' });
  expect(made[0]!.isEnded).toBe(false);
  const thumbnail = photoPicture(FILE, THUMBNAIL);
  await later();
  crash(made[0]!);
  await expect(thumbnail).rejects.toMatchObject({ code: 'worker-crashed' });
  expect(made[0]!.isEnded).toBe(true);
  expect(await photoPicture(FILE, WHOLE)).toBe(picture);
  // Of one that ends while it has nothing to do, nobody hears.
  crash(made[1]!);
  expect(await photoPicture(FILE, WHOLE)).toBe(picture);
  expect(made.length).toBe(3);
});

test('of several pictures that a worker ends over, all are made but the one to blame', async () => {
  const bad = 10;
  const made = fakes((request, worker) => {
    const isMade = worker > 1 && request.bits !== bad;
    if (worker > 1 && !isMade) setTimeout(() => crash(made[worker - 1]!));
    return isMade ? Promise.resolve({ ok: true, value: picture }) : new Promise(() => undefined);
  });
  const pictures = [
    photoPicture(FILE, WHOLE),
    photoPicture((await withBits(FILE, bad))!, WHOLE),
    photoPicture(OTHER, WHOLE),
    photoPicture(THIRD, THUMBNAIL),
  ];
  const outcomes = Promise.allSettled(pictures);
  await later();
  crash(made[0]!);
  expect(await outcomes).toMatchObject([
    { value: picture },
    { reason: { code: 'worker-crashed' } },
    { value: picture },
    { value: picture },
  ]);
});

test('a worker that says nothing any more is ended, and what waited behind that photo is made by another one', async () => {
  vi.useFakeTimers();
  const made = fakes((_, worker) =>
    worker === 1 ? new Promise(() => undefined) : Promise.resolve({ ok: true, value: picture }),
  );
  const outcome = photoPicture(FILE, WHOLE).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(60_000);
  const behind = photoPicture(OTHER, WHOLE);
  await vi.advanceTimersByTimeAsync(61_000);
  expect(await outcome).toBeInstanceOf(InspectorError);
  expect(await outcome).toMatchObject({ code: 'timed-out' });
  expect(await behind).toBe(picture);
  expect(made[0]!.isEnded).toBe(true);
  expect(await photoPicture(FILE, WHOLE)).toBe(picture);
});

test('a page whose host has no such worker decodes by itself, and asks for none again', async () => {
  const made = fakes(() => new Promise(() => undefined));
  const picture = photoPicture(FILE, WHOLE);
  made[0]!.crash.abort(
    new InspectorError({ code: 'offline', reason: 'worker-silent', params: { url: '', seconds: 1 } }),
  );
  // As the page's own decoder says.
  await expect(picture).rejects.toMatchObject({ code: 'unsupported-image' });
  await expect(photoPicture(FILE, WHOLE)).rejects.toMatchObject({ code: 'unsupported-image' });
  expect(made.length).toBe(1);
});

test('what is no photo is said to be none, once', async () => {
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  for (const input of [5, null, undefined] as unknown[])
    for (const request of [WHOLE, THUMBNAIL])
      await expect(photoPicture(input as File, request)).rejects.toMatchObject({
        data: { reason: 'not-a-photo' },
      });
  await later();
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});
