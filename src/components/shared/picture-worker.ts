/** The page's picture worker: it begins when a picture is wanted, and another one takes its place where it ends. */
import { fromErrorData, InspectorError } from '../../core/errors.js';
import { unlessAborted } from '../../detector/cancellation.js';
import type { PictureConnection } from '../../detector/photo/connect-pictures.js';
import type { Picture, PictureRequest } from '../../detector/photo/picture.js';
import { tooSlow } from '../../detector/photo/within-time.js';

/** Milliseconds for a picture, with those that are made before it. A worker that the browser ends for want of memory says nothing. */
const PATIENCE = 120_000;

interface PictureWorker {
  readonly api: PictureConnection['api'];
  /** Aborted once it has ended, by itself or by us. */
  readonly over: AbortController;
  /** How many pictures it makes, or made when it ended. */
  making: number;
}

let connect: ((assets: string) => PictureConnection) | undefined;
let assets = '';
let running: PictureWorker | undefined;
/** Pictures that are made once more, one after the other. */
let again: Promise<unknown> = Promise.resolve();

/** By the package's entry: where it isn't called, or the worker can't be had, the page decodes by itself. */
export function usePictureWorker(start: (assets: string) => PictureConnection): void {
  running = undefined;
  connect = start;
}

/** The folder that holds the program's files; '' where nobody names one. */
export function setPictureAssets(folder: string): void {
  assets = folder;
}

/**
 * Where the worker ends over several pictures, one of them is to blame: each is made once more, by itself.
 * @throws {InspectorError} as `openPhoto` does; 'worker-crashed' or 'timed-out' where the worker ends over this one
 */
export async function pictureOfFile(file: Blob, request: PictureRequest): Promise<Picture> {
  const worker = ready();
  try {
    return await make(worker, file, request);
  } catch (error) {
    if (!worker || error !== worker.over.signal.reason || worker.making === 1) throw error;
    const next = again.then(() => make(ready(), file, request));
    again = next.catch(() => undefined);
    return next;
  }
}

async function make(
  worker: PictureWorker | undefined,
  file: Blob,
  request: PictureRequest,
): Promise<Picture> {
  if (!worker) return pictureHere(file, request);
  const { api, over } = worker;
  const late = new AbortController();
  const timer = setTimeout(() => {
    late.abort();
    over.abort(
      new InspectorError({ code: 'worker-crashed', reason: 'worker-stopped', params: { text: '' } }),
    );
  }, PATIENCE);
  worker.making++;
  try {
    const result = await unlessAborted(api.picture(file, request), over.signal);
    if (result.ok) return result.value;
    throw fromErrorData(result.error);
  } catch (error) {
    if (late.signal.aborted) throw tooSlow();
    // It never began, so it is no photo that it ended over: there is no other way to show one.
    if (error === over.signal.reason && error instanceof InspectorError && error.code !== 'worker-crashed') {
      connect = undefined;
      return await pictureHere(file, request);
    }
    throw error;
  } finally {
    clearTimeout(timer);
    if (!over.signal.aborted) worker.making--;
  }
}

async function pictureHere(file: Blob, request: PictureRequest): Promise<Picture> {
  const { makePicture } = await import('../../detector/photo/picture.js');
  return makePicture(file, request);
}

/** Undefined where there is none. */
function ready(): PictureWorker | undefined {
  if (running?.over.signal.aborted) running = undefined;
  running ??= connect && begin(connect);
  return running;
}

function begin(start: NonNullable<typeof connect>): PictureWorker | undefined {
  try {
    const connection = start(assets);
    const { api, crashed } = connection;
    const over = new AbortController();
    over.signal.addEventListener('abort', () => connection.terminate());
    crashed.addEventListener('abort', () => over.abort(crashed.reason));
    return { api, over, making: 0 };
  } catch {
    // The browser refuses to make it.
    connect = undefined;
    return undefined;
  }
}
