/** Answers the page around the frame: what it asks goes to the element, and what comes of that goes back to it alone. */
import type { EmbedAnswer, EmbedId, EmbedOptions, EmbedPicture, EmbedRequest } from '../../embed/messages.js';
import type { DefectInspectorElement, ImageInput } from '../../index.js';
import { text } from '../../messages/embed-text.js';
import { toInspectorError } from '../../workbench/to-inspector-error.js';
import type { AllowedOrigins } from './origins.js';

type Inspector = Pick<DefectInspectorElement, 'inspect' | 'clear' | 'addEventListener'>;

export interface AnswersOptions {
  readonly inspector: Inspector;
  readonly origins: Promise<AllowedOrigins>;
  readonly version: string;
  /** The window that is listened to. */
  readonly frame: Window;
}

export function answerMessages({ inspector, origins, version, frame }: AnswersOptions): void {
  /** Of the page that was answered last. */
  let asker: string | undefined;
  const answer = (origin: string, message: EmbedAnswer) => frame.parent.postMessage(message, origin);
  const requests = new Requests(inspector);

  const take = async (origin: string, request: Partial<EmbedRequest>) => {
    if (!(await origins).has(origin)) {
      // Where there is no origin, nobody can be answered.
      if (origin !== 'null')
        answer(origin, { type: 'error', code: 'not-allowed', message: text.notAllowed({ origin }) });
      return;
    }
    asker = origin;
    if (request.type === 'hello') answer(origin, { type: 'ready', version });
    if (request.type === 'clear') inspector.clear();
    if (request.type === 'cancel' && request.id !== undefined) requests.cancel(request.id);
    if (request.type === 'inspect') answer(origin, await requests.inspect(request));
  };

  frame.addEventListener(
    'message',
    ({ source, origin, data }: MessageEvent<Partial<EmbedRequest> | null | undefined>) => {
      if (data && source === frame.parent && TYPES.has(data.type))
        take(origin, data).catch((error: unknown) => frame.reportError(error));
    },
  );
  inspector.addEventListener('defect-progress', ({ detail: progress }) => {
    if (asker !== undefined) answer(asker, { type: 'progress', progress });
  });
  frame.addEventListener('pagehide', () => {
    if (asker !== undefined) answer(asker, { type: 'gone' });
  });
}

/** Others may send messages of their own. */
const TYPES: ReadonlySet<unknown> = new Set<EmbedRequest['type']>(['hello', 'inspect', 'cancel', 'clear']);

/** Those under way. */
class Requests {
  private readonly running = new Map<EmbedId, AbortController>();

  constructor(private readonly inspector: Inspector) {}

  async inspect({ id, picture, options }: Partial<EmbedRequest & { type: 'inspect' }>): Promise<EmbedAnswer> {
    if ((typeof id !== 'string' && typeof id !== 'number') || this.running.has(id)) {
      return {
        type: 'error',
        ...(id !== undefined && { id }),
        code: 'not-understood',
        message: text.notUnderstood,
      };
    }
    const controller = new AbortController();
    this.running.set(id, controller);
    try {
      const { signal } = controller;
      const inspection = await this.inspector.inspect(toPhoto(picture), { ...toOptions(options), signal });
      return { type: 'result', id, inspection };
    } catch (error) {
      const { code, message } = toInspectorError(error);
      return { type: 'error', id, code, message };
    } finally {
      this.running.delete(id);
    }
  }

  cancel(id: EmbedId): void {
    this.running.get(id)?.abort();
  }
}

/** Addresses would have this page fetch for another one. Whatever else is no picture, the element refuses. */
function toPhoto(picture: EmbedPicture | undefined): ImageInput {
  if (picture instanceof ArrayBuffer) return new Blob([picture]);
  return typeof picture === 'string' ? new Blob() : (picture as ImageInput);
}

/** Those that are known, of whatever was sent; which values make no sense, the element judges. */
function toOptions(options: EmbedOptions | undefined): EmbedOptions {
  const { name, detail, smallest, area, map } = Object(options) as EmbedOptions;
  return {
    ...(typeof name === 'string' && { name }),
    ...(detail !== undefined && { detail }),
    ...(smallest !== undefined && { smallest }),
    ...(area !== undefined && { area }),
    ...(map !== undefined && { map }),
  };
}
