import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { InspectorError } from '../../core/errors.js';
import { assess } from '../../core/recipe/assess.js';
import { recipeOf, type Visibility } from '../../core/recipe/recipe.js';
import type { OwnThresholds } from '../../core/recipe/threshold.js';
import {
  SCORE_FLOOR,
  type Detection,
  type Inspection,
  type ModelClass,
  type ModelInfo,
  type Progress,
  type Threshold,
} from '../../core/types.js';
import type { DetectorFactory, ImageInput } from '../../detector/types.js';
import {
  forgetOwnThresholds,
  keepOwnThresholds,
  loadOwnThresholds,
} from '../../workbench/settings/own-thresholds.js';
import { isSettled } from '../../workbench/batch/entries.js';
import { PhotoBatch, type PhotoEntry } from '../../workbench/batch/photo-batch.js';
import '../details/details.js';
import type { ConnectEvaluator } from '../../workbench/evaluation/connect-evaluator.js';
import type { EvaluationHost } from '../../workbench/evaluation/host.js';
import type { ChosenThresholds } from '../../workbench/evaluation/state.js';
import type { DefectEvaluation } from '../evaluation/evaluation.component.js';
import '../keys-dialog/keys-dialog.js';
import type { DefectKeysDialog } from '../keys-dialog/keys-dialog.component.js';
import { commandOf, type Command } from '../../workbench/commands/keys.js';
import { ModelLibrary, type ModelAction, type ModelShelf } from '../../workbench/models/model-library.js';
import '../models/models-dialog.js';
import type { DefectModelsDialog } from '../models/models-dialog.component.js';
import '../photo-status/photo-status.js';
import '../queue/queue.js';
import type { QueueAction } from '../queue/queue.component.js';
import { controls } from '../shared/controls.styles.js';
import { foundSentence, plural } from '../../workbench/messages/sentences.js';
import '../sheet/sheet.js';
import { tokens } from '../shared/tokens.styles.js';
import '../top-bar/top-bar.js';
import '../viewer/viewer.js';
import type { DefectViewer } from '../viewer/viewer.component.js';
import '../welcome/welcome.js';
import type { ExportFormat, ExportScope, Theme, View } from '../../workbench/state.js';
import { renderBanner } from './banners.js';
import { runOnPhoto, VIEWS } from '../../workbench/commands/photo-commands.js';
import { styles } from './defect-inspector.styles.js';
import { exportBlob, exportName, saveFile } from '../../workbench/exports/export-file.js';
import { listenForFiles } from './file-listener.js';
import {
  isAnnotationPath,
  isModelFile,
  isZipFile,
  keepInput,
  type Drop,
} from '../../workbench/intake/intake.js';
import { ModelSession } from '../../workbench/models/model-session.js';

export interface DefectInspectorEvents {
  'defect-photo': CustomEvent<{ count: number }>;
  'defect-progress': CustomEvent<Progress>;
  'defect-result': CustomEvent<Inspection>;
  'defect-error': CustomEvent<{ error: InspectorError; name?: string }>;
  'defect-model': CustomEvent<ModelInfo & { fallback?: InspectorError }>;
}

/** Up to this width, CSS pixels, one picture is shown unless two are asked for. */
const PHONE = 640;

/** `auto`, or a number between the floor and 1; whatever else is written is `auto`. */
export function toThreshold(value: string | null): Threshold {
  const number = Number(value);
  if (value === null || value.trim() === '' || !Number.isFinite(number)) return 'auto';
  return Math.min(1, Math.max(SCORE_FLOOR, number));
}

/**
 * @summary Inspects photos for surface defects, in the browser: drop, paste or pick them, or call `inspect`.
 *
 * @slot samples - Buttons, shown on the first screen, that start an inspection of a sample picture.
 * @slot actions - Further buttons for the top bar.
 *
 * @event {CustomEvent<{ count: number }>} defect-photo - Photos were added.
 * @event {CustomEvent<Progress>} defect-progress - Runtime and model are loading, or photos are being inspected.
 * @event {CustomEvent<Inspection>} defect-result - A photo is done.
 * @event {CustomEvent<{ error: InspectorError, name?: string }>} defect-error - A photo failed (`name`), or the model.
 * @event {CustomEvent<ModelInfo & { fallback?: InspectorError }>} defect-model - The model is ready.
 *
 * @csspart top-bar - Name, model, view, export, theme.
 * @csspart queue - The photos.
 * @csspart viewer - The picture.
 * @csspart details - Headline, slider, table.
 *
 * @cssproperty --defect-page - Background of the page.
 * @cssproperty --defect-surface - Background of bars and panels.
 * @cssproperty --defect-stage - Background behind the photo.
 * @cssproperty --defect-border - Lines between things.
 * @cssproperty --defect-text - Text.
 * @cssproperty --defect-muted - Text of less weight.
 * @cssproperty --defect-accent - The one accent: focus, selection, progress.
 * @cssproperty --defect-font - Font family.
 * @cssproperty --defect-control - Height of buttons.
 */
export class DefectInspectorElement extends LitElement {
  /** Makes the detectors. Set by the package's entry; tests set their own. */
  static detectorFactory: DetectorFactory | undefined;
  /** Starts an evaluator. Set by the package's entry; tests set their own. */
  static connectEvaluator: ConnectEvaluator | undefined;
  /** The models to choose from, and where a person's own are kept. Set by the package's entry; tests set their own. */
  static modelShelf: ModelShelf | undefined;

  static override styles = [tokens, controls, styles];

  static override properties = {
    model: {},
    threads: { type: Number },
    threshold: { converter: { fromAttribute: toThreshold } },
    view: { noAccessor: true },
    loading: {},
    theme: { reflect: true },
    dropTarget: { attribute: 'drop-target' },
    currentId: { state: true },
    selectedId: { state: true },
    hoveredId: { state: true },
    hiddenClasses: { state: true },
    areMasksHidden: { state: true },
    isDragging: { state: true },
    isNarrow: { state: true },
    announcement: { state: true },
    dismissed: { state: true },
    ownThresholds: { attribute: false },
    hasEvaluation: { state: true },
  };

  /**
   * A name in the catalogue, or a URL; by default the model that was chosen last on this device, and the catalogue's
   * first one where none was.
   */
  declare model: string;
  /** Threads of the runtime; as many as help by default. */
  declare threads: number | undefined;
  /** `auto`: each class's recommended one; or one for all, 0.05..1. */
  declare threshold: Threshold;
  /** `eager` loads the model at once, `lazy` with the first photo or when the element is seen. */
  declare loading: 'eager' | 'lazy';
  /** A person's own thresholds, which `auto` uses before the recommended ones; kept in this browser. */
  declare ownThresholds: OwnThresholds;
  declare theme: Theme;
  /** `page`: photos may be dropped, pasted and keys pressed anywhere on the page. */
  declare dropTarget: 'self' | 'page';

  declare private currentId: number | undefined;
  declare private selectedId: number | undefined;
  declare private hoveredId: number | undefined;
  declare private hiddenClasses: ReadonlySet<number>;
  declare private areMasksHidden: boolean;
  declare private isDragging: boolean;
  declare private isNarrow: boolean;
  declare private announcement: string;
  /** What the notices that were closed are about. */
  declare private dismissed: ReadonlySet<object>;
  /** Whether the evaluation is loaded, which is when somebody first asks for it. */
  declare private hasEvaluation: boolean;

  private chosenView: View | undefined;
  private listening: AbortController | undefined;
  private resizeObserver: ResizeObserver | undefined;
  private visibility: IntersectionObserver | undefined;

  private readonly library: ModelLibrary = new ModelLibrary({
    shelf: () => (this.constructor as typeof DefectInspectorElement).modelShelf,
    attribute: () => this.model,
    loaded: () => {
      const { state } = this.session;
      return state.kind === 'ready' && !state.fallback ? state.detector.model : undefined;
    },
    onChange: () => this.requestUpdate(),
    onSwitch: (outdated) => this.switchModel(outdated),
  });
  private readonly session: ModelSession = new ModelSession({
    factory: () => (this.constructor as typeof DefectInspectorElement).detectorFactory,
    request: () => this.library.request(),
    threads: () => this.threads,
    onProgress: (progress) => this.fire('defect-progress', progress),
    onChange: () => this.modelChanged(),
  });
  private readonly queue = new PhotoBatch(this.session);
  private readonly evaluationHost: EvaluationHost = {
    connect: () => (this.constructor as typeof DefectInspectorElement).connectEvaluator!(),
    current: () => this.session.get(),
    factory: (options) => (this.constructor as typeof DefectInspectorElement).detectorFactory!(options),
    catalogue: async () =>
      (await (this.constructor as typeof DefectInspectorElement).modelShelf?.catalogue()) ?? [],
    recipe: () => recipeOf(this.thresholds),
  };

  constructor() {
    super();
    this.model = '';
    this.threshold = 'auto';
    this.loading = 'lazy';
    this.theme = 'auto';
    this.dropTarget = 'self';
    this.hiddenClasses = new Set();
    this.areMasksHidden = false;
    this.isDragging = false;
    this.isNarrow = false;
    this.announcement = '';
    this.dismissed = new Set();
    this.ownThresholds = {};
    loadOwnThresholds().then((kept) => (this.ownThresholds = { ...kept, ...this.ownThresholds }), this.tell);
    this.hasEvaluation = false;
    this.queue.addEventListener('change', () => this.requestUpdate());
    this.queue.addEventListener('settled', (event) =>
      this.settled((event as CustomEvent<PhotoEntry>).detail),
    );
  }

  /** `side-by-side` where there is room, else `overlay`, until one is chosen. */
  get view(): View {
    return this.chosenView ?? (this.isNarrow ? 'overlay' : 'side-by-side');
  }

  set view(view: View) {
    const before = this.view;
    this.chosenView = VIEWS.includes(view) ? view : undefined;
    this.requestUpdate('view', before);
  }

  /** Of the photos that are done, in the order of the queue. */
  get inspections(): readonly Inspection[] {
    return this.queue.entries.flatMap(({ output }) => output ?? []);
  }

  /**
   * Queues the photo, shows it, and resolves with its inspection.
   * @throws {InspectorError} when it fails, is cancelled or removed
   */
  inspect(input: ImageInput, options: { name?: string } = {}): Promise<Inspection> {
    const [entry] = this.enqueue([input], options);
    return this.queue.result(entry!.id);
  }

  /** Queues photos and shows the first of them. */
  add(inputs: Iterable<ImageInput>): void {
    this.enqueue(inputs);
  }

  /** Cancels and forgets all photos. */
  clear(): void {
    this.queue.removeAll();
    this.show(undefined);
  }

  /** The visible defects of all photos that are done, as a file. */
  async export(format: ExportFormat): Promise<Blob> {
    return exportBlob(format, this.inspections, this.thresholds);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.listen();
    this.resizeObserver = new ResizeObserver(() => (this.isNarrow = this.clientWidth <= PHONE));
    this.resizeObserver.observe(this);
    this.visibility = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) this.preload();
    });
    this.visibility.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.listening?.abort();
    this.resizeObserver?.disconnect();
    this.visibility?.disconnect();
    // Moved within the page, it stays as it is; taken out of it, it gives its memory back.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.queue.cancelAll();
      this.session.reset();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('dropTarget') && this.hasUpdated) this.listen();
    if ((changed.has('model') || changed.has('threads')) && this.hasUpdated) {
      if (changed.has('model')) this.library.reset();
      this.switchModel();
    }
    if (changed.has('loading') && this.loading === 'eager') this.preload();
  }

  override render(): TemplateResult {
    const isEmpty = this.queue.entries.length === 0;
    return html`
      <div class="frame">
        ${this.renderTopBar()}
        <div class="banners">${this.renderBanners()}</div>
        ${isEmpty ? this.renderWelcome() : this.renderMain()}
      </div>
      ${this.isDragging ? html`<div class="veil">Drop to inspect</div>` : nothing}
      <input
        class="files"
        type="file"
        multiple
        hidden
        accept="image/*,.heic,.tif,.tiff,.onnx"
        aria-label="Photos"
        @change=${this.onPicked}
      />
      <defect-keys-dialog></defect-keys-dialog>
      <defect-models-dialog
        .view=${this.library.view}
        .state=${this.session.state}
        .isIsolated=${globalThis.crossOriginIsolated}
        @model-action=${({ detail }: CustomEvent<ModelAction>) => this.library.act(detail)}
      ></defect-models-dialog>
      ${
        this.hasEvaluation
          ? html`<defect-evaluation
              .host=${this.evaluationHost}
              @thresholds-use=${({ detail }: CustomEvent<ChosenThresholds>) => this.useThresholds(detail)}
            ></defect-evaluation>`
          : nothing
      }
      <div class="hidden-text" role="status" aria-live="polite">${this.announcement}</div>
    `;
  }

  private renderTopBar(): TemplateResult {
    const { choice } = this.library.view;
    return html`<defect-top-bar
      part="top-bar"
      .model=${this.session.state}
      .isIsolated=${globalThis.crossOriginIsolated}
      .isOwn=${choice?.kind === 'visit' || choice?.kind === 'remembered'}
      .view=${this.view}
      .theme=${this.theme}
      .thresholdText=${this.threshold === 'auto' ? 'auto, by class' : this.threshold.toFixed(2)}
      .canExportPhoto=${this.current?.output !== undefined}
      .canExportAll=${this.inspections.length > 0}
      @view-change=${({ detail }: CustomEvent<View>) => (this.view = detail)}
      @theme-change=${({ detail }: CustomEvent<Theme>) => (this.theme = detail)}
      @export-request=${({ detail }: CustomEvent<{ format: ExportFormat; scope: ExportScope }>) =>
        this.download(detail.format, detail.scope)}
      @models-request=${this.showModels}
      @evaluation-request=${() => this.openEvaluation()}
      @keys-request=${() => this.keysDialog.show()}
      ><slot name="actions" slot="actions"></slot
    ></defect-top-bar>`;
  }

  private renderBanners(): TemplateResult | typeof nothing {
    const { state } = this.session;
    return renderBanner({
      state,
      library: this.library.view,
      outdated: state.kind === 'ready' ? this.inspectedByOthers(state.detector.model).length : 0,
      dismissed: this.dismissed,
      onDismiss: (subject) => (this.dismissed = new Set([...this.dismissed, subject])),
      onRetry: () => {
        this.switchModel();
        this.queue.retryFailed();
      },
      onUseShipped: async () => {
        await this.library.act({ kind: 'choose', choice: { kind: 'shipped' } });
        this.queue.retryFailed();
      },
      onRemember: () => this.library.act({ kind: 'remember' }),
      onInspectAgain: () => {
        if (state.kind === 'ready') this.inspectAgain(this.inspectedByOthers(state.detector.model));
      },
    });
  }

  private renderWelcome(): TemplateResult {
    return html`<defect-welcome @queue-action=${this.onQueueAction}>
      <slot name="samples" slot="samples"></slot>
    </defect-welcome>`;
  }

  private renderMain(): TemplateResult {
    const { current, detections } = this;
    const { state } = this.session;
    return html`<div class="main">
      <defect-queue
        part="queue"
        .entries=${this.queue.entries}
        .selectedId=${this.currentId}
        .threshold=${this.thresholds}
        .timeLeft=${this.queue.timeLeft}
        @photo-select=${({ detail }: CustomEvent<{ id: number }>) => this.show(detail.id)}
        @queue-action=${this.onQueueAction}
      ></defect-queue>
      <defect-viewer
        part="viewer"
        .input=${current?.input}
        .name=${current?.name ?? ''}
        .inspection=${current?.output}
        .detections=${detections}
        .view=${this.view}
        .selectedId=${this.selectedId}
        .hoveredId=${this.hoveredId}
        .areMasksHidden=${this.areMasksHidden}
        @detection-select=${this.onSelect}
        @detection-hover=${this.onHover}
        ><defect-photo-status
          slot="status"
          .entry=${current}
          .sentence=${current ? this.stateSentence(current) : ''}
          .modelError=${state.kind === 'failed' ? state.error : undefined}
          @queue-action=${this.onQueueAction}
        ></defect-photo-status
      ></defect-viewer>
      <defect-sheet .headline=${current ? this.stateSentence(current) : ''}>
        <defect-details
          part="details"
          .inspection=${current?.output}
          .detections=${detections}
          .threshold=${this.threshold}
          .ownThresholds=${this.ownThresholds}
          .classes=${state.kind === 'ready' ? state.detector.model.classes : NO_CLASSES}
          .hiddenClasses=${this.hiddenClasses}
          .selectedId=${this.selectedId}
          .hoveredId=${this.hoveredId}
          .status=${current ? this.stateSentence(current) : 'No photo'}
          @threshold-change=${({ detail }: CustomEvent<Threshold>) => (this.threshold = detail)}
          @own-reset=${this.resetOwnThresholds}
          @class-toggle=${({ detail }: CustomEvent<{ id: number }>) => this.toggleClass(detail.id)}
          @detection-select=${this.onSelect}
          @detection-hover=${this.onHover}
          @detection-open=${({ detail }: CustomEvent<{ id: number }>) => this.viewer?.zoomTo(detail.id)}
        ></defect-details>
      </defect-sheet>
    </div>`;
  }

  private get current(): PhotoEntry | undefined {
    return this.currentId === undefined ? undefined : this.queue.get(this.currentId);
  }

  /** Of the photo that is shown: at or above the threshold, of classes that are not hidden. */
  private get detections(): readonly Detection[] {
    const inspection = this.current?.output;
    if (!inspection) return NONE;
    return assess(inspection, recipeOf(this.thresholds)).reported.filter(
      ({ classId }) => !this.hiddenClasses.has(classId),
    );
  }

  private get thresholds(): Visibility {
    return this.threshold === 'auto' ? this.ownThresholds : this.threshold;
  }

  private get viewer(): DefectViewer | null {
    return this.renderRoot.querySelector('defect-viewer');
  }

  private get keysDialog(): DefectKeysDialog {
    return this.renderRoot.querySelector('defect-keys-dialog')!;
  }

  private get modelsDialog(): DefectModelsDialog {
    return this.renderRoot.querySelector('defect-models-dialog')!;
  }

  private stateSentence(entry: PhotoEntry): string {
    switch (entry.state) {
      case 'waiting': {
        if (this.session.state.kind === 'loading') return 'Waiting for the model';
        const before = this.queue.entries.filter((other) => !isSettled(other) && other.id < entry.id).length;
        return before > 0 ? `Waiting: ${plural(before, 'photo')} before it` : 'Waiting';
      }
      case 'running':
        return 'Inspecting';
      case 'done':
        return foundSentence(assess(entry.output!, recipeOf(this.thresholds)).reported);
      case 'failed':
        return 'Not inspected';
      case 'cancelled':
        return 'Cancelled';
    }
  }

  private enqueue(inputs: Iterable<ImageInput>, options: { name?: string } = {}): PhotoEntry[] {
    const added = this.queue.add(Array.from(inputs, keepInput), options);
    const [first] = added;
    if (first) {
      this.show(first.id);
      this.fire('defect-photo', { count: added.length });
    }
    return added;
  }

  private show(id: number | undefined): void {
    this.currentId = id;
    this.selectedId = undefined;
    this.hoveredId = undefined;
  }

  private settled(entry: PhotoEntry): void {
    const { name, output: inspection, error } = entry;
    if (entry.state === 'done' && inspection) this.fire('defect-result', inspection);
    else if (error && error.code !== 'cancelled') this.fire('defect-error', { error, name });
    const { total, waiting, running } = this.queue.totals;
    const done = total - waiting - running;
    this.fire('defect-progress', { phase: 'inspecting', done, total });
    const outcome =
      !error && inspection
        ? foundSentence(assess(inspection, recipeOf(this.thresholds)).reported)
        : (error?.message ?? '');
    if (entry.id === this.currentId || error) this.announcement = `${name}: ${outcome}`;
    else if (done === total) this.announcement = `All ${plural(total, 'photo')} are done.`;
  }

  private modelChanged(): void {
    const { state } = this.session;
    if (state.kind === 'failed') {
      // Photos that wait for the model report its error as their own.
      if (this.queue.totals.waiting === 0) this.fire('defect-error', { error: state.error });
      this.announcement = state.error.message;
    }
    if (state.kind === 'ready') {
      const { fallback } = state;
      const { model } = state.detector;
      if (!fallback) void this.library.recognise(model);
      this.fire('defect-model', {
        ...model,
        ...(fallback instanceof InspectorError && { fallback }),
      });
    }
    this.requestUpdate();
  }

  /** Loads the model before it is needed. */
  private preload(): void {
    if (this.session.state.kind !== 'idle') return;
    // Its failure is shown, and a photo will try again.
    this.session.get().catch(() => undefined);
  }

  /** What was found stays, but for what `outdated` has found; what is being inspected starts again. */
  private switchModel(outdated?: { readonly hash: string }): void {
    this.queue.restart();
    this.session.reset();
    this.preload();
    if (outdated) this.inspectAgain(this.queue.entries.filter((entry) => isBy(entry, outdated)));
  }

  private inspectedByOthers(model: ModelInfo): readonly PhotoEntry[] {
    return this.queue.entries.filter((entry) => entry.output && !isBy(entry, model));
  }

  private inspectAgain(entries: readonly PhotoEntry[]): void {
    this.queue.retry(entries.map(({ id }) => id));
  }

  private readonly showModels = (): void => {
    void this.library.refresh();
    this.modelsDialog.show();
  };

  private download(format: ExportFormat, scope: ExportScope): void {
    const one = this.current?.output;
    const inspections = scope === 'all' ? this.inspections : one ? [one] : [];
    const name = exportName(format, scope === 'photo' ? one?.image.name : undefined);
    saveFile(exportBlob(format, inspections, this.thresholds), name);
  }

  private toggleClass(id: number): void {
    const hidden = new Set(this.hiddenClasses);
    if (!hidden.delete(id)) hidden.add(id);
    this.hiddenClasses = hidden;
  }

  private readonly onSelect = ({ detail }: CustomEvent<{ id: number | undefined }>): void => {
    this.selectedId = detail.id;
  };

  private readonly onHover = ({ detail }: CustomEvent<{ id: number | undefined }>): void => {
    this.hoveredId = detail.id;
  };

  private readonly onQueueAction = ({ detail }: CustomEvent<{ action: QueueAction; id?: number }>): void =>
    this.act(detail.action, detail.id);

  private act(action: QueueAction, id?: number): void {
    switch (action) {
      case 'choose':
        this.renderRoot.querySelector<HTMLInputElement>('.files')!.click();
        break;
      case 'cancel-all':
        this.queue.cancelAll();
        break;
      case 'retry-failed':
        this.queue.retryFailed();
        break;
      case 'clear':
        this.clear();
        break;
      case 'cancel':
        if (id !== undefined) this.queue.cancel(id);
        break;
      case 'retry':
        if (id !== undefined) this.queue.retry([id]);
        break;
      case 'remove':
        if (id !== undefined) this.removePhoto(id);
        break;
    }
  }

  /** The photo after the removed one takes its place. */
  private removePhoto(id: number): void {
    if (id === this.currentId) {
      const at = this.queue.entries.findIndex((entry) => entry.id === id);
      this.show((this.queue.entries[at + 1] ?? this.queue.entries[at - 1])?.id);
    }
    this.queue.remove([id]);
  }

  private listen(): void {
    this.listening?.abort();
    this.listening = new AbortController();
    const { signal } = this.listening;
    const target = this.dropTarget === 'page' ? window : this;
    listenForFiles(
      target,
      {
        onFiles: (files) => this.takeFiles(files),
        onDrop: (drop) => this.takeDrop(drop),
        onDragging: (isDragging) => (this.isDragging = isDragging),
      },
      signal,
    );
    const events: GlobalEventHandlers & EventTarget = target;
    events.addEventListener('keydown', (event) => this.onKeyDown(event), { signal });
    events.addEventListener('keyup', (event) => this.onKeyUp(event), { signal });
    // A key that is let go in another window is never reported.
    window.addEventListener('blur', () => (this.areMasksHidden = false), { signal });
  }

  private readonly onPicked = ({ target }: Event): void => {
    const input = target as HTMLInputElement;
    this.takeFiles(Array.from(input.files ?? []));
    // The same photo may be chosen again.
    input.value = '';
  };

  private takeFiles(files: readonly File[]): void {
    const model = files.findLast(isModelFile);
    if (model) void this.library.act({ kind: 'file', file: model });
    const zip = files.findLast(isZipFile);
    if (zip) void this.openEvaluation().then((evaluation) => evaluation?.take({ name: zip.name, zip }));
    this.add(files.filter((file) => !isModelFile(file) && !isZipFile(file)));
  }

  /** Photos with annotations beside them are there to be evaluated. */
  private async takeDrop({ name, files, all }: Drop): Promise<void> {
    if (all.some(({ path }) => isAnnotationPath(path))) {
      const evaluation = await this.loadEvaluation();
      if (evaluation?.mayBeDataset(all)) return (await this.openEvaluation())?.take({ name, files: all });
    }
    this.takeFiles(files);
  }

  /** Undefined when it can't be loaded, which is announced. */
  private async loadEvaluation(): Promise<typeof import('../evaluation/evaluation.js') | undefined> {
    try {
      return await import('../evaluation/evaluation.js');
    } catch {
      const message = 'The evaluation could not be loaded. Check the connection and try again.';
      this.announcement = message;
      this.fire('defect-error', { error: new InspectorError('offline', message) });
      return undefined;
    }
  }

  private async openEvaluation(): Promise<DefectEvaluation | null> {
    if (await this.loadEvaluation()) this.hasEvaluation = true;
    await this.updateComplete;
    await this.evaluation?.show();
    return this.evaluation;
  }

  private get evaluation(): DefectEvaluation | null {
    return this.renderRoot.querySelector('defect-evaluation');
  }

  private useThresholds({ hash, thresholds }: ChosenThresholds): void {
    this.ownThresholds = { ...this.ownThresholds, [hash]: { ...this.ownThresholds[hash], ...thresholds } };
    this.threshold = 'auto';
    keepOwnThresholds(hash, thresholds).catch(this.tell);
  }

  private readonly resetOwnThresholds = (): void => {
    const hash = this.current?.output?.model.hash;
    if (hash === undefined) return;
    const { [hash]: _, ...rest } = this.ownThresholds;
    this.ownThresholds = rest;
    forgetOwnThresholds(hash).catch(this.tell);
  };

  private readonly tell = (error: unknown): void => {
    this.announcement = error instanceof Error ? error.message : String(error);
  };

  private onKeyDown(event: KeyboardEvent): void {
    if (this.keysDialog.isOpen || this.modelsDialog.isOpen || this.evaluation?.isOpen) return;
    const command = commandOf(event);
    if (!command || !this.run(command)) return;
    event.preventDefault();
  }

  private onKeyUp({ key }: KeyboardEvent): void {
    if (key === ' ' || key.toLowerCase() === 'h') this.areMasksHidden = false;
  }

  /** Whether there was something to do. */
  private run(command: Command): boolean {
    if (command === 'help') this.keysDialog.show();
    else if (command === 'choose') this.act('choose');
    else if (command === 'evaluate') void this.openEvaluation();
    else if (!this.viewer) return false;
    else {
      const sorted = this.renderRoot.querySelector('defect-details')?.sorted ?? NONE;
      const { currentId, selectedId, threshold, view } = this;
      const bench = { sorted, entries: this.queue.entries, currentId, selectedId, threshold, view };
      const change = runOnPhoto(command, bench, this.viewer);
      if (change.currentId !== undefined) this.show(change.currentId);
      else Object.assign(this, change);
    }
    return true;
  }

  private fire<K extends keyof DefectInspectorEvents>(
    type: K,
    detail: DefectInspectorEvents[K]['detail'],
  ): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

/** One and the same, so that views needn't update. */
const NONE: readonly Detection[] = [];
const NO_CLASSES: readonly ModelClass[] = [];

const isBy = ({ output: inspection }: PhotoEntry, { hash }: { readonly hash: string }) =>
  inspection?.model.hash === hash;

declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- Events of the element, for addEventListener.
  interface HTMLElementEventMap extends DefectInspectorEvents {}
}
