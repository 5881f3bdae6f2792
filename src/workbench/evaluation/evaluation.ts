import { InspectorError } from '../../core/errors.js';
import type { Container } from '../../datasets/types.js';
import type { Drop } from '../intake/intake.js';
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

  /** The annotated photos in what was dropped, if there are any. Only once it is loaded. */
  async datasetIn(drop: Drop): Promise<Container | undefined> {
    return this.code?.datasetIn(drop);
  }

  /** What was dropped without the masks of its photos; undefined until it is loaded. */
  async sortedOut(drop: Drop): Promise<Drop | undefined> {
    return this.code?.sortedOut(drop);
  }

  /** The photos of a ZIP without annotations; undefined where it may hold some. Only once it is loaded. */
  async photosIn(zip: File, most: number): Promise<Drop | undefined> {
    return this.code?.photosIn(zip, most);
  }

  /** Two ZIPs as one, if they are photos and their annotations. Only once it is loaded. */
  async joinedIn(zips: readonly [File, File]): Promise<Container | undefined> {
    return this.code?.joinedIn(zips);
  }

  /** A photo and what the model at that place makes of it. @throws {DatasetError} when the photo is gone */
  readonly picture = async (place: number, photo: number): Promise<Picture | undefined> =>
    this.loaded?.picture(place, photo);
}
