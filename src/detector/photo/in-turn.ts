/**
 * The memory that large photos take, shared by all pages of an origin and their workers: one photo is decoded at a time, and for a
 * picture none is held open. Whoever holds one open looks now and then whether it is wanted, gives its memory back and decodes it again later.
 */
import { locks } from '../locks.js';
import { TIME_LIMIT } from './within-time.js';

/** Pixels from which on a photo is large: 32 MB. */
const LARGE = 8e6;

/** Held while a photo is decoded. */
const DECODING = 'defect-inspector: large photo';
/** Shared by those who hold a photo open; exclusive for pictures. */
const OPEN = 'defect-inspector: open photo';

/** Milliseconds after which a photo is decoded all the same: whoever is decoding, or looks at a view, has had its time, and may be stuck. */
const PATIENCE = TIME_LIMIT + 10_000;

/** By a photo's header, as far as that says it. */
interface PhotoSize {
  readonly width?: number;
  readonly height?: number;
}

/** Memory that is held for a photo. */
export interface Hold {
  /** Whether somebody waits for it. */
  isWanted(): Promise<boolean>;
  release(): void;
}

const isLarge = ({ width = 0, height = 0 }: PhotoSize): boolean => width * height > LARGE;

/** Does the work as soon as no other large photo is being decoded; at once for a small photo, and where there are no locks. */
export const inTurn = <T>(photo: PhotoSize, work: () => Promise<T>): Promise<T> =>
  isLarge(photo) ? locked(DECODING, work) : work();

/** The same, as soon as no large photo is open either. */
export const withNoneOpen = <T>(photo: PhotoSize, work: () => Promise<T>): Promise<T> =>
  inTurn(photo, () => (isLarge(photo) ? locked(OPEN, work) : work()));

/** To be called in turn, for a photo that is open after that. */
export async function holdOpen(photo: PhotoSize): Promise<Hold> {
  if (!isLarge(photo)) return { isWanted: () => Promise.resolve(false), release: () => undefined };
  const release = await acquire(OPEN, 'shared');
  return { isWanted, release };
}

async function isWanted(): Promise<boolean> {
  try {
    const waiting = (await locks()?.query())?.pending ?? [];
    return waiting.some(({ name, mode }) => name === OPEN && mode === 'exclusive');
  } catch {
    // A page without an origin of its own may not ask.
    return false;
  }
}

async function locked<T>(name: string, work: () => Promise<T>): Promise<T> {
  const release = await acquire(name, 'exclusive');
  try {
    return await work();
  } finally {
    release();
  }
}

/** @returns releases it; where it took too long, or a page may not ask, there is nothing to release */
function acquire(name: string, mode: LockMode): Promise<() => void> {
  return new Promise((resolve) => {
    const free = () => undefined;
    const manager = locks();
    if (!manager) {
      resolve(free);
      return;
    }
    manager
      .request(
        name,
        { mode, signal: AbortSignal.timeout(PATIENCE) },
        () => new Promise<void>((done) => resolve(done)),
      )
      .catch(() => resolve(free));
  });
}
