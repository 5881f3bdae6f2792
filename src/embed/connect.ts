import type { Inspection, Progress } from '../core/types.js';
import { text } from '../messages/embed-text.js';
import type {
  EmbedAnswer,
  EmbedErrorCode,
  EmbedId,
  EmbedOptions,
  EmbedPicture,
  EmbedRequest,
} from './messages.js';

/** Milliseconds between two attempts to reach a frame that is still loading. */
const RETRY = 250;
/** Milliseconds after which a frame that says nothing is given up. */
const PATIENCE = 30_000;

/** `message` is a sentence for a person, with the next step. */
export class EmbedError extends Error {
  override readonly name = 'EmbedError';

  constructor(
    readonly code: EmbedErrorCode,
    message: string,
  ) {
    super(message);
  }
}

export interface ConnectOptions {
  /** Of the model that is loaded, and of photos. */
  onProgress?: (progress: Progress) => void;
  /** Gives up, or closes the connection. */
  signal?: AbortSignal;
}

/** The inspector in a frame. */
export interface EmbeddedInspector {
  /** Of the page in the frame. */
  readonly version: string;
  /**
   * Shows the photo there, and resolves with its inspection.
   * @throws {EmbedError} by its code as `inspect` of the element; 'cancelled' when `signal` says so, and when the frame or the connection is closed
   */
  inspect(picture: EmbedPicture, options?: EmbedOptions & { signal?: AbortSignal }): Promise<Inspection>;
  /** Forgets all photos there, and cancels those that are not done. */
  clear(): void;
  /** Ends the connection; what was not answered rejects with 'cancelled'. */
  close(): void;
}

/**
 * Reaches the inspector in a frame that shows `embed.html`, as soon as it has loaded.
 * @param origin of that page, `https://inspector.example`: nobody else is asked or believed
 * @throws {EmbedError} 'not-allowed' when that page doesn't list this one, 'timed-out' when it says nothing for half a minute, 'cancelled'
 */
export function connect(
  frame: HTMLIFrameElement,
  origin: string,
  { onProgress, signal }: ConnectOptions = {},
): Promise<EmbeddedInspector> {
  return new Promise((resolve, reject) => {
    // Until it has answered, the frame may show any page: a greeting tells nothing.
    const greet = () => send(frame, { type: 'hello' }, '*');
    const greeting = setInterval(greet, RETRY);
    const late = setTimeout(() => end(new EmbedError('timed-out', text.silent({ origin }))), PATIENCE);
    const over = new AbortController();
    const waiting = new Waiting();
    const end = (error = cancelled()) => {
      stopGreeting();
      over.abort();
      waiting.reject(error);
      reject(error);
    };
    const stopGreeting = () => {
      clearInterval(greeting);
      clearTimeout(late);
    };
    const listen = ({ data, source, origin: from }: MessageEvent<EmbedAnswer | null>) => {
      if (from !== origin || source === null || source !== frame.contentWindow) return;
      if (data?.type === 'progress') onProgress?.(data.progress);
      if (data?.type === 'result') waiting.resolve(data.id, data.inspection);
      if (data?.type === 'gone') waiting.reject(cancelled());
      if (data?.type === 'error' && data.id !== undefined)
        waiting.reject(new EmbedError(data.code, data.message), data.id);
      if (data?.type === 'error' && data.code === 'not-allowed') end(new EmbedError(data.code, data.message));
      if (data?.type === 'ready') {
        stopGreeting();
        resolve({
          version: data.version,
          inspect: (picture, options) =>
            inspect({ frame, origin, waiting, isOver: over.signal.aborted }, picture, options),
          clear: () => send(frame, { type: 'clear' }, origin),
          close: () => end(),
        });
      }
    };
    addEventListener('message', listen, { signal: over.signal });
    signal?.addEventListener('abort', () => end(), { signal: over.signal });
    if (signal?.aborted) end();
    else greet();
  });
}

function send(frame: HTMLIFrameElement, request: EmbedRequest, target: string): void {
  frame.contentWindow?.postMessage(request, target);
}

interface Connection {
  readonly frame: HTMLIFrameElement;
  readonly origin: string;
  readonly waiting: Waiting;
  readonly isOver: boolean;
}

async function inspect(
  { frame, origin, waiting, isOver }: Connection,
  picture: EmbedPicture,
  { signal, ...options }: EmbedOptions & { signal?: AbortSignal } = {},
): Promise<Inspection> {
  if (isOver || signal?.aborted) throw cancelled();
  const { id, answer } = waiting.add();
  const cancel = () => {
    send(frame, { type: 'cancel', id }, origin);
    waiting.reject(cancelled(), id);
  };
  signal?.addEventListener('abort', cancel);
  try {
    send(frame, { type: 'inspect', id, picture, options }, origin);
    return await answer;
  } finally {
    waiting.delete(id);
    signal?.removeEventListener('abort', cancel);
  }
}

/** What was asked and is not answered yet. */
class Waiting {
  private readonly all = new Map<
    EmbedId,
    { resolve: (one: Inspection) => void; reject: (error: EmbedError) => void }
  >();
  private lastId = 0;

  add(): { readonly id: EmbedId; readonly answer: Promise<Inspection> } {
    const id = ++this.lastId;
    const answer = new Promise<Inspection>((resolve, reject) => this.all.set(id, { resolve, reject }));
    return { id, answer };
  }

  resolve(id: EmbedId, inspection: Inspection): void {
    this.all.get(id)?.resolve(inspection);
  }

  /** One, or all of them. */
  reject(error: EmbedError, id?: EmbedId): void {
    for (const [key, { reject }] of this.all) if (id === undefined || key === id) reject(error);
  }

  delete(id: EmbedId): void {
    this.all.delete(id);
  }
}

const cancelled = () => new EmbedError('cancelled', text.cancelled);
