import type { RunDetail } from './run-detail.js';
import { InspectorError } from '../../core/errors.js';
import { knowsNone, mapClasses, type MappedClass } from '../../core/evaluation/class-mapping.js';
import { readImageHeader } from '../../core/photo/image-header.js';
import type { CsvStyle } from '../../core/export/csv-row.js';
import type { ModelInfo } from '../../core/types.js';
import { DatasetError, failureMessage } from '../../datasets/errors.js';
import type { Container, OnReading } from '../../datasets/types.js';
import type { DetectorOptions } from '../../detector/types.js';
import type { Loan } from '../models/loans.js';
import type { ChosenThresholds } from '../settings/chosen-thresholds.js';
import { listOf, type CaseRequest } from './cases.js';
import { DatasetRun } from './dataset-run.js';
import type { DatasetSummary, Figures, FiguresRequest, ReportFormat, Settings } from './evaluator-api.js';
import { evaluatedOf } from './evaluated.js';
import { EvaluatorClient, type Told } from './evaluator-client.js';
import type { EvaluationHost } from './host.js';
import { problemSentences, reportFile, type ReportFile } from './report-file.js';
import { isRunning, NO_EVALUATION, type EvaluationState, type Picture } from './state.js';
import { setupOf, stateOf, type Track } from './track.js';

/** A photo's size stands behind its metadata, a preview among them. */
const HEADER_BYTES = 1 << 18;

/** An evaluation that can be brought back; its evaluator's memory is given back meanwhile. */
interface Kept {
  readonly state: EvaluationState;
  readonly container: Container | undefined;
  readonly client: EvaluatorClient | undefined;
  readonly told: Told | undefined;
  readonly tracks: readonly Track[];
  readonly answered: FiguresRequest | undefined;
}

/**
 * A dataset, the models run on it, and the figures that follow from both and from the settings. No command rejects: what
 * goes wrong becomes part of the state.
 */
export class EvaluationSession {
  private container: Container | undefined;
  private client: EvaluatorClient | undefined;
  private reading: EvaluatorClient | undefined;
  private tracks: readonly Track[] = [];
  private lastId = 0;
  /** How often figures were asked for. */
  private asked = 0;
  /** What the figures that are shown are the answer to. */
  private answered: FiguresRequest | undefined;
  private refreshing: Promise<void> | undefined;

  constructor(private readonly host: EvaluationHost) {}

  get state(): EvaluationState {
    return this.host.store.state;
  }

  /** Reads annotated photos in place of those that are there; these stay if that fails. */
  async read(container: Container, annotationFile?: string): Promise<void> {
    this.reading?.release();
    const client = new EvaluatorClient(this.host.connect, container, annotationFile);
    const isLatest = () => this.reading === client;
    this.reading = client;
    const { name } = container;
    const report: OnReading = (done, total, step) => {
      if (isLatest()) this.set({ reading: { name, done, total, step } });
    };
    this.set({ error: undefined, reading: { name, done: 0, total: 0 } });
    try {
      const dataset = await client.open(report);
      if (isLatest()) this.begin(client, container, dataset);
    } catch (error) {
      client.release();
      if (isLatest()) this.fail(error);
    } finally {
      if (isLatest()) {
        this.reading = undefined;
        this.set({ reading: undefined });
      }
    }
  }

  /** Reads the same folder or ZIP by another of its COCO files. */
  async readBy(annotationFile: string): Promise<void> {
    if (this.container) await this.read(this.container, annotationFile);
  }

  /** Stops reading; what was there before stays. */
  stopReading(): void {
    this.reading?.release();
  }

  /** Takes the dataset away; can be undone where something was found. */
  close(): void {
    const before = this.keep();
    this.forget();
    this.noteLoss(before);
  }

  private forget(): void {
    this.suspend();
    this.client = undefined;
    this.container = undefined;
    this.tracks = [];
    this.answered = undefined;
    const { reading, catalogue } = this.state;
    this.set({ ...NO_EVALUATION, reading, catalogue });
  }

  /** Stops what runs and gives the evaluator's memory back; the next command starts another one. */
  suspend(): void {
    this.cancel();
    this.reading?.release();
    this.client?.release();
  }

  async loadCatalogue(): Promise<void> {
    // Without a network there is nothing to choose from.
    this.set({ catalogue: await this.host.catalogue().catch(() => []) });
  }

  /** Runs the inspector's model over all photos, in place of whatever was run. */
  inspect(): Promise<void> {
    return this.run(() => this.host.borrow(), 0, this.state.detail);
  }

  /** Says how thoroughly the next run looks at photos; what there is stays as it is. */
  look(detail: RunDetail): void {
    this.set({ detail });
  }

  /** Runs a second model, to be compared with the first one in the same way of looking, in place of another second one. */
  compareWith(model: string | Blob): Promise<void> {
    const detail = this.tracks[0]?.run.detail ?? this.state.detail;
    return this.run((signal) => this.openDetector({ model, signal }), 1, detail);
  }

  async removeSecond(): Promise<void> {
    const before = this.keep();
    this.tracks[1]?.run.cancel();
    this.tracks = this.tracks.slice(0, 1);
    this.noteLoss(before, 1);
    await this.refresh();
  }

  /** Begins no more photos; those that are being inspected go on. */
  pause(): void {
    for (const { run } of this.tracks) run.pause();
    this.set({});
  }

  resume(): void {
    for (const { run } of this.tracks) run.resume();
    this.set({});
  }

  /** Stops what runs; what is done stays. */
  cancel(): void {
    for (const { run } of this.tracks) run.cancel();
  }

  /** Inspects the photos that failed, or that were not reached before a stop. */
  async retry(): Promise<void> {
    await Promise.all(this.tracks.map(({ run }) => run.retry()));
    await this.refresh();
    this.tell();
  }

  /** Says what a class of the dataset is to the model at that place. */
  async map(place: number, name: string, to: MappedClass): Promise<void> {
    const track = this.tracks[place];
    if (!track) return;
    track.mapping = new Map([...track.mapping, [name, to]]);
    await this.refresh();
  }

  async change(settings: Partial<Settings>): Promise<void> {
    this.set({ settings: { ...this.state.settings, ...settings } });
    await this.refresh();
  }

  /** Chooses the cases to look at. */
  show(wanted: CaseRequest): void {
    this.set({ list: listOf(this.state, wanted), opened: undefined });
  }

  /** Shows the photo of the case at that place of the list; none without one. */
  open(place: number | undefined): void {
    this.set({ opened: place });
  }

  /** Shows another case of the list, around its end. */
  walk(by: 1 | -1): void {
    const { list, opened } = this.state;
    const count = list?.cases.length ?? 0;
    if (opened !== undefined && count > 0) this.set({ opened: (opened + by + count) % count });
  }

  /** A photo and what the model at that place makes of it. @throws {DatasetError} when the photo is gone */
  readonly picture = async (place: number, photo: number): Promise<Picture | undefined> => {
    const evaluated = this.state.evaluated[place];
    if (!this.client || !evaluated) return undefined;
    const [file, outlines] = await Promise.all([
      this.client.photo(photo),
      this.client.outlines(evaluated.run, photo),
    ]);
    return { file, outlines };
  };

  /** The proposed thresholds of the first model, which are in use from now on. */
  use(): ChosenThresholds | undefined {
    const [first] = this.state.evaluated;
    if (!first || first.proposals.size === 0) return undefined;
    this.set({ isInUse: true });
    return { hash: first.model.hash, thresholds: Object.fromEntries(first.proposals) };
  }

  /** Undefined when it can't be made: the state says why. */
  async report(
    format: ReportFormat,
    csvStyle: CsvStyle = 'comma',
    now = new Date(),
  ): Promise<ReportFile | undefined> {
    const { dataset, runs } = this.state;
    if (!this.client || !dataset || !this.answered) return undefined;
    const problems = problemSentences(dataset, runs);
    try {
      const date = now.toISOString();
      const text = await this.client.report({ ...this.answered, format, csvStyle, date, problems });
      return reportFile(dataset.name, format, text);
    } catch (error) {
      this.fail(error);
      return undefined;
    }
  }

  /** Somebody has seen, or doesn't want to, that a run has ended. */
  seen(): void {
    this.set({ hasNews: false });
  }

  /** A run has ended. */
  private tell(): void {
    if (this.state.dataset && !this.host.isShown()) this.set({ hasNews: true });
  }

  private begin(client: EvaluatorClient, container: Container, dataset: DatasetSummary): void {
    const before = this.keep();
    this.reading = undefined;
    this.forget();
    this.client = client;
    this.container = container;
    this.set({ dataset, reading: undefined });
    // Without it there is no estimate of the time.
    this.readSize(client).catch(() => undefined);
    this.noteLoss(before);
  }

  /** All there is at this moment, for `restore`. */
  private keep(): Kept {
    const { state, container, client, tracks, answered } = this;
    return { state, container, client, told: client?.told, tracks, answered };
  }

  /**
   * Puts back what was kept, the way of looking that was set for the next run among it. What ran then was stopped, and goes on by `retry`;
   * what runs now is stopped.
   */
  private restore({ state, container, client, told, tracks, answered }: Kept): void {
    this.suspend();
    this.reading = undefined;
    this.container = container;
    this.client = client;
    this.tracks = tracks;
    this.answered = answered;
    // The client may have been told of other runs since.
    if (told) client?.recall(told);
    const { catalogue } = this.state;
    this.set({ ...state, reading: undefined, catalogue, isWorking: false });
    this.asked++;
    // Figures that were still to come.
    if (isRunning(state) || state.isWorking) this.refresh().catch((error: unknown) => this.fail(error));
  }

  /**
   * Offers results back that have just been taken away or replaced, if there were any.
   * @param place of the first model whose results are gone
   */
  private noteLoss(before: Kept, place: 0 | 1 = 0): void {
    const lost = before.tracks.slice(place).map(({ run }) => run);
    const results = lost.reduce((sum, { found }) => sum + found, 0);
    if (results === 0) return;
    // Two models were run on the same photos, and either may have failed on some.
    const photos = Math.max(...lost.map(({ found }) => found));
    const name = (place === 1 && lost[0]?.model?.name) || (before.state.dataset?.name ?? '');
    // Both are kept anew when they are left: runs go on, and settings change.
    let [earlier, later] = [before, before];
    this.host.note({
      photos: results,
      notice: { reason: 'results-removed', params: { name, photos } },
      undo: () => {
        later = this.keep();
        this.restore(earlier);
      },
      redo: () => {
        earlier = this.keep();
        this.restore(later);
      },
    });
  }

  private async readSize(client: EvaluatorClient): Promise<void> {
    const photo = await client.photo(0);
    const head = new Uint8Array(await photo.slice(0, HEADER_BYTES).arrayBuffer());
    const { width, height } = readImageHeader(head) ?? {};
    if (width && height && client === this.client) this.set({ photoSize: { width, height } });
  }

  private async run(
    borrow: (signal: AbortSignal) => Promise<Loan>,
    place: 0 | 1,
    detail: RunDetail,
  ): Promise<void> {
    const { client } = this;
    const { dataset } = this.state;
    if (!client || !dataset) return;
    const before = this.keep();
    for (const { run } of this.tracks.slice(place)) run.cancel();
    const track: Track = {
      id: ++this.lastId,
      mapping: new Map(),
      run: new DatasetRun({
        photos: dataset.photos,
        detail,
        borrow,
        file: (photo) => client.photo(photo),
        take: (found) => client.add(setupOf(track), found),
        onModel: (model) => this.mapByName(track, model),
        onChange: () => this.set({}),
      }),
    };
    this.tracks = [...this.tracks.slice(0, place), track];
    const running = track.run.start();
    this.set({});
    this.noteLoss(before, place);
    await running;
    if (!this.tracks.includes(track)) return;
    await this.refresh();
    this.tell();
  }

  /** @throws {InspectorError} when that model can't be had: another one in its place would mislead */
  private async openDetector(options: DetectorOptions): Promise<Loan> {
    const detector = await this.host.factory({ ...options, workers: 'spare' });
    const { fallback } = detector;
    if (!fallback) return { detector, giveBack: () => detector.dispose() };
    detector.dispose();
    if (fallback instanceof InspectorError) throw fallback;
    const params = { text: fallback.message };
    throw new InspectorError({ code: 'model-not-found', reason: 'foreign', params }, { cause: fallback });
  }

  private mapByName(track: Track, { classes }: ModelInfo): void {
    const names = this.state.dataset?.classes.map(({ name }) => name) ?? [];
    track.mapping = mapClasses(names, classes);
    if (knowsNone(track.mapping)) this.set({ settings: { ...this.state.settings, isAnyDefect: true } });
  }

  /** Works the figures out again; those under way are dropped. */
  private async refresh(): Promise<void> {
    this.asked++;
    if (!this.client) return;
    this.set({ isWorking: true });
    await (this.refreshing ??= this.workOut());
  }

  /** One request at a time: whatever is asked meanwhile is one request afterwards. */
  private async workOut(): Promise<void> {
    for (let asked = 0; asked !== this.asked;) {
      asked = this.asked;
      const { client } = this;
      if (!client) break;
      const request = this.request();
      try {
        const figures = await client.figures(request);
        if (asked !== this.asked || client !== this.client) continue;
        this.answered = request;
        this.take(figures);
      } catch (error) {
        if (client === this.client) this.fail(error);
      }
    }
    // In the same go: what is asked for from now on needs another request.
    this.refreshing = undefined;
    this.set({ isWorking: false });
  }

  private request(): FiguresRequest {
    const runs = this.tracks.filter(({ run }) => run.model).map(setupOf);
    return { runs, settings: this.state.settings, recipe: this.host.recipe() };
  }

  private take({ photos, runs, changes }: Figures): void {
    const evaluated = runs.map((run) => evaluatedOf(run, photos));
    const list = listOf({ evaluated, changes }, this.state.list);
    this.set({ evaluated, changes, list, opened: undefined, isInUse: false, error: undefined });
  }

  private fail(error: unknown): void {
    if (error instanceof InspectorError && error.code === 'cancelled') return;
    const isKnown = error instanceof InspectorError || error instanceof DatasetError;
    this.set({ error: isKnown ? error.data : failureMessage(error) });
  }

  private set(change: Partial<EvaluationState>): void {
    this.host.store.update({ ...change, runs: this.tracks.map(stateOf) });
  }
}
