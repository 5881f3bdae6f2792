import { DatasetError } from '../../datasets/errors.js';
import { sourceOf } from '../../datasets/container.js';
import { openPhoto } from '../../datasets/photo.js';
import type { Container, OnReading, SourceFile } from '../../datasets/types.js';
import { cancellable } from '../../detector/cancellation.js';
import { unlessCrashed } from '../../detector/worker-connection.js';
import type { ConnectEvaluator, EvaluatorConnection } from './connect-evaluator.js';
import type {
  Answer,
  DatasetSummary,
  EvaluatorApi,
  Figures,
  FiguresRequest,
  FoundPhoto,
  PhotoOutlines,
  ReportRequest,
  RunSetup,
} from './evaluator-api.js';

/** So many files are handed over at once: the page waits a third of a millisecond for each. */
const PART = 32;

/** What an evaluator was told. */
export interface Told {
  readonly added: readonly { readonly run: RunSetup; readonly found: FoundPhoto }[];
  readonly shown: FiguresRequest | undefined;
}

interface Started {
  readonly connection: EvaluatorConnection;
  readonly summary: DatasetSummary;
}

/**
 * One dataset and its evaluator. When the evaluator crashes, the call under way fails; the next one starts another and
 * tells it what the first one knew. All calls throw a `DatasetError`, or an `InspectorError` 'worker-crashed', or
 * 'cancelled' when `release` ends them.
 */
export class EvaluatorClient {
  private starting: Promise<Started> | undefined;
  private connection: EvaluatorConnection | undefined;
  private added: Told['added'][number][] = [];
  private shown: Told['shown'];
  /** The same files as the evaluator has, on this side. */
  private source: Promise<ReadonlyMap<string, SourceFile>> | undefined;
  private abort = new AbortController();

  constructor(
    private readonly connect: ConnectEvaluator,
    private readonly container: Container,
    private readonly annotationFile?: string,
  ) {}

  /** Reads the dataset. */
  async open(onProgress: OnReading): Promise<DatasetSummary> {
    return (await this.started(onProgress)).summary;
  }

  /** The photo's file. */
  async photo(photo: number): Promise<Blob> {
    const { summary } = await this.started();
    const path = summary.photos[photo];
    const files = await (this.source ??= this.findSource());
    return openPhoto(files.get(path!)!);
  }

  /** Compares what was found on a photo with its outlines. */
  async add(run: RunSetup, found: FoundPhoto): Promise<void> {
    await this.call((api) => api.add(run, found));
    this.added.push({ run, found });
  }

  async figures(request: FiguresRequest): Promise<Figures> {
    // What no longer takes part needn't be told again.
    const ids = new Set(request.runs.map(({ id }) => id));
    this.added = this.added.filter(({ run }) => ids.has(run.id));
    const figures = await this.call((api) => api.figures(request));
    this.shown = request;
    return figures;
  }

  /** Of a photo in the figures that were asked for last. @param run its id */
  outlines(run: number, photo: number): Promise<PhotoOutlines> {
    return this.call((api) => api.outlines(run, photo));
  }

  /** The text of a report. */
  report(request: ReportRequest): Promise<string> {
    return this.call((api) => api.report(request));
  }

  /** What is known of the photos at this moment. */
  get told(): Told {
    return { added: [...this.added], shown: this.shown };
  }

  /** Ends the evaluator: another one will know that instead. */
  recall({ added, shown }: Told): void {
    this.release();
    this.added = [...added];
    this.shown = shown;
  }

  /** Ends the evaluator and gives its memory back: calls under way are cancelled, another one starts it anew. */
  release(): void {
    this.abort.abort();
    this.abort = new AbortController();
    if (this.connection) this.drop(this.connection);
  }

  private async call<T>(work: (api: EvaluatorApi) => Promise<Answer<T>>): Promise<T> {
    const { connection } = await this.started();
    return this.result(connection, work(connection.api));
  }

  private async started(onProgress: OnReading = () => undefined): Promise<Started> {
    if (!this.connection || !this.starting) {
      this.connection = this.connect();
      this.starting = this.start(this.connection, onProgress);
    }
    return this.starting;
  }

  private async start(connection: EvaluatorConnection, onProgress: OnReading): Promise<Started> {
    const { crashed } = connection;
    crashed.addEventListener('abort', () => this.drop(connection));
    try {
      const summary = await this.read(connection, onProgress);
      await this.retell(connection);
      return { connection, summary };
    } catch (error) {
      this.drop(connection);
      throw error;
    }
  }

  /** Runs that are in no figures yet come last: an evaluator that is asked for figures forgets all other runs. */
  private async retell(connection: EvaluatorConnection): Promise<void> {
    const { added, shown } = this;
    const ids = new Set(shown?.runs.map(({ id }) => id));
    const tell = async (isShown: boolean) => {
      for (const { run, found } of added) {
        if (ids.has(run.id) === isShown) await this.result(connection, connection.api.add(run, found));
      }
    };
    await tell(true);
    if (shown) await this.result(connection, connection.api.figures(shown));
    await tell(false);
  }

  /**
   * Looks for it again after a failure. Photos are read here and not by the worker: WebKit's workers lose a file once the message that
   * it came with is handled.
   */
  private async findSource(): Promise<ReadonlyMap<string, SourceFile>> {
    try {
      const { files } = await sourceOf(this.container);
      return new Map(files.toReversed().map((file) => [file.path, file]));
    } catch (error) {
      this.source = undefined;
      throw error;
    }
  }

  private async read(connection: EvaluatorConnection, onProgress: OnReading): Promise<DatasetSummary> {
    const { api } = connection;
    const { container } = this;
    const files = 'files' in container ? container.files : [];
    for (let i = 0; i < files.length; i += PART) {
      onProgress(i, files.length, 'opening');
      await this.result(connection, api.files(files.slice(i, i + PART)));
    }
    const opened = 'zip' in container ? container : { name: container.name };
    return this.result(connection, api.open(opened, this.annotationFile, onProgress));
  }

  private async result<T>(connection: EvaluatorConnection, answering: Promise<Answer<T>>): Promise<T> {
    const answer = await cancellable(unlessCrashed(answering, connection), this.abort.signal);
    if (!answer.ok) throw new DatasetError(answer.error);
    return answer.value;
  }

  private drop(connection: EvaluatorConnection): void {
    connection.terminate();
    if (this.connection !== connection) return;
    this.connection = undefined;
    this.starting = undefined;
  }
}
