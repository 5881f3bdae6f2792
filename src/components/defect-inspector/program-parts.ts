import { inTime } from '../../model/in-time.js';

/** A part of the program that has not come by then is given up, ms; whoever needs it can ask again. */
const PATIENCE = 30_000;
/** Nothing is said of what comes faster, ms. */
const UNSEEN = 400;

/** The parts of the program that are fetched when somebody first asks for them: how long they may take, and whether one is awaited. */
export class ProgramParts {
  private readonly awaited = new Set<object>();

  /** @param changed called when `isLong` may be another */
  constructor(private readonly changed: () => void) {}

  /** Whether a part has been awaited for long enough to say so. */
  get isLong(): boolean {
    return this.awaited.size > 0;
  }

  /** @throws {DOMException} 'TimeoutError' where the part does not come in half a minute, and whatever `load` throws */
  async fetch<Part>(load: () => Promise<Part>): Promise<Part> {
    const wait = {};
    const timer = setTimeout(() => {
      this.awaited.add(wait);
      this.changed();
    }, UNSEEN);
    try {
      return await inTime(load(), PATIENCE);
    } finally {
      clearTimeout(timer);
      if (this.awaited.delete(wait)) this.changed();
    }
  }
}
