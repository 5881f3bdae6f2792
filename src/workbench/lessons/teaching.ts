import { InspectorError } from '../../core/errors.js';
import type { LessonHost } from './host.js';
import { OpenLesson } from './open-lesson.js';
import type { LessonSession } from './session.js';

type LessonCode = typeof import('./code.js');

/** Gives what learns and keeps lessons. */
export type LoadLessons = () => Promise<LessonCode>;

/** The lesson that somebody teaches. What learns and keeps it is fetched when it is first asked for. */
export class Teaching extends OpenLesson {
  declare protected follower: LessonSession | undefined;

  constructor(
    host: LessonHost,
    private readonly loadCode: LoadLessons,
  ) {
    super(host);
  }

  /** Undefined until it is loaded: there is nothing to be cancelled before. */
  get session(): LessonSession | undefined {
    return this.follower;
  }

  /** @throws {InspectorError} 'offline' when its code can't be fetched. A later call tries again. */
  async load(): Promise<LessonSession> {
    if (this.follower) return this.follower;
    const code = await this.loadCode().catch((cause: unknown) => {
      throw new InspectorError({ code: 'offline', reason: 'teaching-not-loaded' }, { cause });
    });
    this.follower ??= new code.LessonSession(this, this.host);
    return this.follower;
  }
}
