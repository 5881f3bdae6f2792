import { InspectorError } from '../../core/errors.js';
import type { EvaluationHost } from './host.js';
import type { EvaluationSession } from './session.js';
import type { Picture } from './state.js';

type EvaluationCode = typeof import('./code.js');

/** Gives the evaluation's code. */
export type LoadEvaluation = () => Promise<EvaluationCode>;

/** The workbench's evaluation, whose code is fetched when somebody first asks for it. */
export class Evaluation {
  private code: EvaluationCode | undefined;
  private loaded: EvaluationSession | undefined;

  constructor(
    private readonly host: EvaluationHost,
    private readonly loadCode: LoadEvaluation,
  ) {}

  /** Undefined until it is loaded: there is nothing to be evaluated before. */
  get session(): EvaluationSession | undefined {
    return this.loaded;
  }

  /** @throws {InspectorError} 'offline' when its code can't be fetched. A later call tries again. */
  async load(): Promise<EvaluationSession> {
    try {
      this.code ??= await this.loadCode();
    } catch (cause) {
      throw new InspectorError({ code: 'offline', reason: 'evaluation-not-loaded' }, { cause });
    }
    this.loaded ??= new this.code.EvaluationSession(this.host);
    return this.loaded;
  }

  /** Looks through what is dropped. @throws {InspectorError} as `load` */
  async intake(): Promise<Pick<EvaluationCode, 'joined' | 'lookInto' | 'lookThrough' | 'photosIn'>> {
    await this.load();
    return this.code!;
  }

  /** A photo and what the model at that place makes of it. @throws {DatasetError} when the photo is gone */
  readonly picture = async (place: number, photo: number): Promise<Picture | undefined> =>
    this.loaded?.picture(place, photo);
}
