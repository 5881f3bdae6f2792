import { html, nothing, type LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Drop } from '../../workbench/intake/intake.js';
import type { Detail } from '../../core/pipeline/detail.js';
import type { OwnThresholds } from '../../core/recipe/recipe.js';
import { SCORE_FLOOR, type Inspection, type Threshold } from '../../core/types.js';
import { validLook, type Look } from '../../detector/look.js';
import type { ImageInput, InspectOptions } from '../../detector/types.js';
import { say } from '../../messages/message.js';
import { text } from '../../messages/text.js';
import type { ArgsOf, CommandId } from '../../workbench/commands/commands.js';
import { commandAfter, commandOf, lessonCommandOf } from '../../workbench/commands/keys.js';
import { NO_EVALUATION } from '../../workbench/evaluation/state.js';
import type { Banner } from '../../workbench/messages/banner.js';
import type { ExportFormat } from '../../workbench/exports/export-file.js';
import { inNaturalOrder } from '../../workbench/intake/natural-order.js';
import type { WorkbenchEvents } from '../../workbench/ports.js';
import { THEMES, type Theme } from '../../workbench/settings/theme.js';
import { VIEWS, type Dialog, type View, type WorkbenchState } from '../../workbench/state.js';
import { Workbench } from '../../workbench/workbench.js';
import { bannerStyles } from '../banner/banner.styles.js';
import { renderBanners } from '../banner/banners.template.js';
import '../keys-dialog/keys-dialog.js';
import { controls } from '../shared/controls.styles.js';
import { DialogView } from '../shared/dialog.js';
import { setPictureAssets } from '../shared/picture-worker.js';
import { COMMAND_EVENT, type SentCommand } from '../shared/send-command.js';
import { tokens } from '../shared/tokens.styles.js';
import type { DefectViewer } from '../viewer/viewer.js';
import { styles } from './defect-inspector.styles.js';
import { misreadSetting, nameConverter, numberConverter } from './attribute-values.js';
import { fetchView, type FetchedView } from './fetch-view.js';
import { FocusKeeper } from './focus-keeper.js';
import { listenForFiles } from './file-listener.js';
import { renderMain, renderTopBar, renderWelcome } from './layout.js';
import { LeaveGuard } from './leave-guard.js';
import { ownsKey } from './owns-key.js';
import { pagePorts } from './page-ports.js';
import { ProgramParts } from './program-parts.js';
import { programPorts, type Program } from './program.js';
import { StyledElement } from '../shared/styled-element.js';

/** The events of the workbench, as this element fires them. */
export type DefectInspectorEvents = {
  readonly [Type in keyof WorkbenchEvents as `defect-${Type}`]: CustomEvent<WorkbenchEvents[Type]>;
};

/** What can be said about a photo that is added by a program. */
export type ElementInspectOptions = Omit<InspectOptions, 'bits' | 'again'>;

/** Up to this width, CSS pixels, one picture is shown unless two are asked for. */
const PHONE = 640;

/** `auto`, or a number between the floor and 1; whatever else is written is `auto`. */
export function toThreshold(value: string | null): Threshold {
  const number = Number(value);
  // Above 1 it is meant as a percentage, or not at all: 1 in its place would show next to nothing.
  if (value === null || value.trim() === '' || !(number <= 1)) return 'auto';
  return Math.max(SCORE_FLOOR, number);
}

const NO_BANNERS: readonly Banner[] = [];

/** What the properties say where nobody has said anything. */
const DEFAULTS = {
  model: '',
  assets: '',
  threads: undefined,
  timeLimit: undefined,
  loading: 'lazy',
  dropTarget: 'self',
  countsUsage: false,
  lessonSamples: undefined,
  teaching: 'on',
  letterKeys: undefined,
} as const;

/**
 * @tag defect-inspector
 * @summary Inspects photos for surface defects, in the browser: drop, paste or pick them, or call `inspect`.
 *
 * @slot samples - Buttons, shown on the first screen, that start an inspection of a sample picture.
 * @slot actions - Further buttons for the top bar.
 * @slot notices - What the page around it has to say, above the photos.
 *
 * @event {CustomEvent<{ count: number }>} defect-photo - Photos were added.
 * @event {CustomEvent<Progress>} defect-progress - Runtime and model are loading, or photos are being inspected.
 * @event {CustomEvent<Inspection>} defect-result - A photo is done; faint detections are included ([what counts](program.md#what-counts)).
 * @event {CustomEvent<{ error: InspectorError, name?: string }>} defect-error - A photo failed (`name`), or the model. Where the shipped model replaces the one that was named, `defect-model` says so, and why, by `fallback`.
 * @event {CustomEvent<ModelInfo & { fallback?: InspectorError }>} defect-model - The model is ready.
 * @event {CustomEvent<{ detection?: Detection }>} defect-select - Another defect is selected, or none.
 * @event {CustomEvent<{ threshold: Threshold }>} defect-threshold - The threshold was changed.
 * @event {CustomEvent<{ view: View }>} defect-view - The view was changed, by somebody or by the room there is.
 *
 * @csspart top-bar - Name, model, view, export, theme.
 * @csspart queue - The photos.
 * @csspart viewer - The picture.
 * @csspart toolbar - The row above the picture.
 * @csspart stage - The panes of the picture.
 * @csspart caption - The sentences under the picture.
 * @csspart lesson - What is taught.
 * @csspart details - Headline, slider, table.
 * @csspart found - The headline.
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
export class DefectInspectorElement extends StyledElement {
  /** Makes the detectors. Set by the package's entry; tests set their own. */
  static detectorFactory: Program['detectorFactory'];
  /** Starts an evaluator. Set by the package's entry; tests set their own. */
  static connectEvaluator: Program['connectEvaluator'];
  /** The models to choose from, and where a person's own are kept. Set by the package's entry; tests set their own. */
  static modelShelf: Program['modelShelf'];
  /** Learns lessons. Set by the package's entry; tests set their own. */
  static teacher: Program['teacher'];

  static override styles = [tokens, controls, bannerStyles, styles];

  static override properties = {
    model: {},
    assets: {},
    threads: { converter: numberConverter('threads') },
    timeLimit: { converter: numberConverter('time-limit'), attribute: 'time-limit' },
    loading: {},
    dropTarget: { attribute: 'drop-target' },
    countsUsage: { type: Boolean, attribute: 'counts-usage' },
    lessonSamples: { attribute: 'lesson-samples' },
    teaching: { converter: nameConverter },
    letterKeys: { attribute: 'letter-keys' },
    detail: { noAccessor: true, converter: nameConverter },
    smallest: { noAccessor: true, type: Number },
    threshold: { noAccessor: true, converter: { fromAttribute: toThreshold } },
    view: { noAccessor: true, converter: nameConverter },
    theme: { noAccessor: true, converter: nameConverter },
    ownThresholds: { attribute: false, noAccessor: true },
    isDragging: { state: true },
  };

  /**
   * A name in the catalogue, or a URL; by default the model that was chosen last on this device, and the catalogue's
   * first one where none was.
   * @default ''
   */
  declare model: string;
  /**
   * The folder that holds `assets` and `models` (workers, runtime, models), absolute or relative to the page; by default that of the
   * package's module.
   * @default ''
   */
  declare assets: string;
  /** Threads of the runtime, 1..64; as many as help by default, and never more than the device has cores. */
  declare threads: number | undefined;
  /**
   * Seconds that starting the model may take, and each photo; by default by how fast the device is, a minute or two at
   * least. Counts for the model that is loaded next.
   */
  declare timeLimit: number | undefined;
  /**
   * `eager` loads the model at once, `lazy` with the first photo or when the element is seen.
   * @default 'lazy'
   */
  declare loading: 'eager' | 'lazy';
  /**
   * `page`: photos may be dropped, pasted and keys pressed anywhere on the page.
   * @default 'self'
   */
  declare dropTarget: 'self' | 'page';
  /**
   * Photos, times and errors are counted by day, in this browser alone, and shown on demand.
   * @default false
   */
  declare countsUsage: boolean;
  /** Address of the photos of a walk-through through teaching, a `lesson.json`; by default none is offered. */
  declare lessonSamples: string | undefined;
  /**
   * Whether letters, digits and signs are keys by themselves: `on` or `off`; by default only where the element has the
   * page's keys (`drop-target="page"`). Whoever uses the element can choose otherwise.
   */
  declare letterKeys: 'on' | 'off' | undefined;
  /**
   * Whether a person can teach the element a part of their own here: `on` (default) or `off`.
   * @default 'on'
   */
  declare teaching: 'on' | 'off';
  declare private isDragging: boolean;

  private readonly parts = new ProgramParts(() => this.requestUpdate());
  private readonly workbench = new Workbench({
    ...pagePorts(this, this.parts),
    ...programPorts(
      () => this.constructor as typeof DefectInspectorElement,
      () => this.assets,
    ),
    emit: (type, detail) => {
      this.dispatchEvent(new CustomEvent(`defect-${type}`, { detail, bubbles: true, composed: true }));
    },
  });
  private readonly leaveGuard = new LeaveGuard();
  private listening: AbortController | undefined;
  /** The dialog that was asked for last. */
  private fetched: Dialog | undefined;
  /** Whether the panel of a lesson was asked for, for the one that is taught. */
  private isLessonFetched = false;
  private resizeObserver: ResizeObserver | undefined;
  private visibility: IntersectionObserver | undefined;

  constructor() {
    super();
    this.isDragging = false;
    Object.assign(this, DEFAULTS);
    new FocusKeeper(this, () => this.nearFocus);
    this.workbench.store.subscribe(() => this.requestUpdate());
  }

  /**
   * How thoroughly photos are looked at: `fast`, in one view; `thorough`, in tiles, too; `auto`, in tiles where they are needed and take less than a minute. Whatever
   * else is given is `auto`.
   */
  get detail(): Detail {
    return this.workbench.state.look.detail;
  }

  set detail(detail: Detail) {
    this.changeLook({ detail });
  }

  /** Longer side of the smallest defect that matters, photo pixels, at least 1; undefined where nobody says. */
  get smallest(): number | undefined {
    return this.workbench.state.look.smallest;
  }

  set smallest(smallest: number | undefined) {
    this.changeLook({ smallest });
  }

  /** `auto`: each class's own; or one for all, 0.05..1. */
  get threshold(): Threshold {
    return this.workbench.state.threshold;
  }

  set threshold(threshold: Threshold) {
    this.run('threshold.set', { threshold });
  }

  /** A person's own thresholds, which `auto` uses before the recommended ones; kept in this browser. */
  get ownThresholds(): OwnThresholds {
    return this.workbench.state.ownThresholds;
  }

  set ownThresholds(ownThresholds: OwnThresholds) {
    const before = this.workbench.state;
    this.workbench.giveThresholds(ownThresholds);
    if (this.workbench.state !== before) this.requestUpdate();
  }

  /** `side-by-side`, `overlay`, `wipe` or `original`; until one is chosen, the first where there is room, else the second. */
  get view(): View {
    return this.workbench.derived.view;
  }

  set view(view: View) {
    this.run('view.set', { view: VIEWS.includes(view) ? view : undefined });
  }

  /** `auto` (the system's), `light` or `dark`. */
  get theme(): Theme {
    return this.workbench.state.theme ?? 'auto';
  }

  set theme(theme: Theme) {
    this.change({ theme: THEMES.includes(theme) ? theme : undefined });
  }

  /** The latest result of each photo that has one, in the order of the list. */
  get inspections(): readonly Inspection[] {
    return this.workbench.inspections;
  }

  /** Whether nothing is loaded that would be lost with the page: no photo, evaluation, lesson or model of this visit. */
  get isEmpty(): boolean {
    return this.workbench.isEmpty;
  }

  /**
   * Queues the photo, shows it, and resolves with its inspection, faint detections included ([what counts](program.md#what-counts)); while
   * the element is out of the page, it waits.
   * @param input as for [a detector](program.md#inspectphoto-options), and its options but `bits` and `again`
   * @param options `detail`, `smallest` and `area` go before what counts for all photos
   * @throws {InspectorError} when it fails, is cancelled or removed
   */
  inspect(input: ImageInput, options: ElementInspectOptions = {}): Promise<Inspection> {
    return this.workbench.inspect(input, options);
  }

  /** Queues photos and shows the first of them. What is no list of photos counts as one, which may fail. */
  add(inputs: Iterable<ImageInput>): void {
    // Programs that nobody has checked the types of give one photo, too; a text is an address, and not a list of its letters.
    const isList = typeof inputs !== 'string' && Symbol.iterator in Object(inputs);
    this.workbench.add(isList ? inputs : [inputs as unknown as ImageInput]);
  }

  /** Opens files as if they were dropped: photos, a model, a lesson, a ZIP of annotated photos. What can't be read is said. */
  open(files: readonly File[] | Promise<readonly File[]>): void {
    const asDrop = (given: readonly File[]): Drop => {
      const all = given.map((file) => ({ path: file.name, file }));
      return { name: given[0]?.name ?? '', files: given, all };
    };
    this.workbench.watch(this.workbench.takeDrop(Promise.resolve(files).then(asDrop)));
  }

  /** Cancels and forgets all photos. */
  clear(): void {
    this.workbench.clear();
  }

  /** The reported defects of all photos that have a result, as a file: `csv`, `json` or `coco`. @throws {RangeError} where there is no such format */
  async export(format: ExportFormat): Promise<Blob> {
    const file = this.workbench.export(format);
    this.requestUpdate();
    return file;
  }

  /**
   * Does what a key or a button does: `run('photo.next')`, `run('threshold.set', { threshold: 0.3 })`. Returns whether
   * there was anything to do; what a command needs to know and is not told, `defect-error` says.
   * @throws {RangeError} where there is no such command
   */
  run<Id extends CommandId>(command: Id, ...args: ArgsOf<Id>): boolean {
    const isDone = this.workbench.run(command, ...args);
    this.requestUpdate();
    return isDone;
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    const found = misreadSetting(name, value);
    const others = this.workbench.state.misread.filter((one) => one.name !== name);
    if (found || others.length < this.workbench.state.misread.length)
      this.change({ misread: found ? [...others, found] : others });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.listen();
    this.workbench.wake();
    if (this.hasUpdated) this.requestUpdate();
    this.resizeObserver = new ResizeObserver(() => this.change({ isNarrow: this.clientWidth <= PHONE }));
    this.resizeObserver.observe(this);
    this.visibility = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) this.workbench.preload();
    });
    this.visibility.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.listening?.abort();
    this.resizeObserver?.disconnect();
    this.visibility?.disconnect();
    this.leaveGuard.set(false);
    // Moved within the page, it stays as it is; taken out of it, it gives its memory back.
    queueMicrotask(() => {
      if (!this.isConnected) this.workbench.release();
    });
  }

  /** An attribute that was removed and what frameworks give for nothing, which is null or undefined, are as if nobody had said anything. */
  override requestUpdate(...args: Parameters<LitElement['requestUpdate']>): void {
    super.requestUpdate(...args);
    const [name] = args;
    if (name === undefined || !Object.hasOwn(DEFAULTS, name)) return;
    const given: unknown = this[name as keyof typeof DEFAULTS];
    const value = DEFAULTS[name as keyof typeof DEFAULTS];
    if ((given === null || given === undefined) && given !== value) Object.assign(this, { [name]: value });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('dropTarget') && this.hasUpdated) this.listen();
    if (changed.has('dropTarget') || changed.has('letterKeys')) {
      const { letterKeys, dropTarget } = this;
      this.change({ offersLetterKeys: letterKeys ? letterKeys === 'on' : dropTarget === 'page' });
    }
    if (changed.has('assets') && this.assets) setPictureAssets(this.assets);
    if ((changed.has('model') || changed.has('assets') || changed.has('threads')) && this.hasUpdated) {
      this.workbench.askedAnew({ isOtherModel: changed.has('model') });
    }
    if (changed.has('teaching') && this.teaching === 'off') this.workbench.run('lesson.close');
    if (changed.has('loading') && this.loading === 'eager') this.workbench.preload();
    const { theme, dialog, teaching } = this.workbench.state;
    // These change the element once more, which counts for this update when it is done before it.
    this.reflectTheme(theme);
    this.fetchDialog(dialog);
    this.fetchLesson(teaching?.id);
  }

  protected override firstUpdated(): void {
    this.renderRoot.addEventListener(COMMAND_EVENT, (event) => {
      event.stopPropagation();
      const { command, args } = (event as CustomEvent<SentCommand>).detail;
      this.run(command, ...args);
    });
  }

  protected override updated(): void {
    // Elements are updated after they were taken out of the page, too.
    const ownsPage = this.isConnected && this.dropTarget === 'page';
    this.leaveGuard.set(ownsPage && this.workbench.hasUnsaved);
  }

  private reflectTheme(theme: Theme | undefined): void {
    if (theme === undefined) this.removeAttribute('theme');
    else if (this.getAttribute('theme') !== theme) this.setAttribute('theme', theme);
  }

  /** Once, when it is asked for. */
  private fetchDialog(dialog: Dialog | undefined): void {
    if (dialog === this.fetched) return;
    this.fetched = dialog;
    if (!dialog) return;
    this.fetchView(dialog, () => this.run('dialog.close', { dialog }));
  }

  /** A lesson whose panel can't be had is left: whoever takes it up again, or begins another, asks for the panel once more. */
  private fetchLesson(taught: number | undefined): void {
    const isTaught = taught !== undefined;
    if (isTaught === this.isLessonFetched) return;
    this.isLessonFetched = isTaught;
    if (!isTaught) return;
    this.fetchView('lesson', () => {
      // Another one may have been begun while this one waited.
      if (this.workbench.state.teaching?.id === taught) this.run('lesson.close');
    });
  }

  private fetchView(view: FetchedView, failed: () => void): void {
    const { workbench } = this;
    const fetching = fetchView(view, this.parts, (reason) => workbench.takeBack(reason));
    workbench.watch(
      fetching.catch((error: unknown) => {
        failed();
        throw error;
      }),
    );
  }

  override render(): TemplateResult {
    const { workbench } = this;
    const { photos, library, model, evaluation, usage, dialog, announcement } = workbench.state;
    const { banners } = workbench.derived;
    const said = announcement ? say(text.announcements, announcement) : '';
    return html`
      <div class="frame">
        ${renderTopBar(workbench)}
        <div class="banners">
          <slot name="notices"></slot>
          ${dialog === 'evaluation' ? nothing : renderBanners(banners, true)}
          <defect-evaluation-strip
            .state=${dialog === 'evaluation' ? NO_EVALUATION : evaluation}
          ></defect-evaluation-strip>
        </div>
        ${photos.length === 0 ? renderWelcome(workbench) : renderMain(workbench)}
      </div>
      ${this.isDragging ? html`<div class="veil">${text.photos.drop}</div>` : nothing}
      <input
        class="files"
        type="file"
        multiple
        hidden
        accept="image/*,.heic,.tif,.tiff,.onnx"
        aria-label=${text.photos.files}
        @change=${this.onPicked}
      />
      <defect-keys-dialog
        .isOpen=${dialog === 'keys'}
        .hasLetters=${workbench.derived.hasLetterKeys}
        .isTeaching=${workbench.state.teaching !== undefined}
      ></defect-keys-dialog>
      <defect-models-dialog
        .isOpen=${dialog === 'models'}
        .view=${library}
        .state=${model}
        .isIsolated=${globalThis.crossOriginIsolated}
      ></defect-models-dialog>
      <defect-evaluation
        .isOpen=${dialog === 'evaluation'}
        .state=${evaluation}
        .time=${workbench.derived.evaluationTime}
        .picture=${workbench.evaluation.picture}
        .banners=${dialog === 'evaluation' ? banners : NO_BANNERS}
      ></defect-evaluation>
      <defect-usage .isOpen=${dialog === 'usage'} .view=${usage}></defect-usage>
      <div class="hidden-text" role="status" aria-live="polite">${keyed(announcement, said)}</div>
      <div class="awaited" role="status">${this.parts.isLong ? text.photos.partAwaited : nothing}</div>
    `;
  }

  /** What takes the focus over: an open dialog; after a removal the button that brings it back; a walk-through; else the photos. */
  private get nearFocus(): HTMLElement | null {
    const find = (selector: string) => this.renderRoot.querySelector<HTMLElement>(selector);
    const dialog = Array.from(this.renderRoot.children).find(
      (one): one is DialogView => one instanceof DialogView && one.isOpen,
    );
    if (dialog) return dialog;
    const removed = find('.banner :is([data-command="edit.undo"], [data-command="lesson.back"])');
    const walk = this.workbench.state.walk && find('defect-lesson');
    return removed ?? walk ?? find('defect-queue') ?? find('defect-welcome');
  }

  private change(patch: Partial<WorkbenchState>): void {
    const before = this.workbench.state;
    this.workbench.store.update(patch);
    if (this.workbench.state !== before) this.requestUpdate();
  }

  private changeLook(change: Partial<Look>): void {
    const { detail, smallest } = validLook({ ...this.workbench.state.look, ...change });
    this.workbench.changeLook({ detail, smallest });
    this.requestUpdate();
  }

  private listen(): void {
    this.listening?.abort();
    this.listening = new AbortController();
    const { signal } = this.listening;
    const target = this.dropTarget === 'page' ? window : this;
    const { workbench } = this;
    listenForFiles(
      target,
      {
        onFiles: (files) => workbench.takeFiles(files),
        onDrop: (read) => workbench.watch(workbench.takeDrop(read)),
        onAddresses: (addresses) => workbench.takeAddresses(addresses),
        onDragging: (isDragging) => (this.isDragging = isDragging),
      },
      signal,
    );
    const events: GlobalEventHandlers & EventTarget = target;
    events.addEventListener('keydown', (event) => this.onKeyDown(event), { signal });
    events.addEventListener('keyup', (event) => this.onKeyUp(event), { signal });
    // A hidden page may be closed without any further event.
    document.addEventListener('visibilitychange', () => document.hidden && workbench.usage.sync(), {
      signal,
    });
    // A key that is let go in another window is never reported.
    const letGo = () => {
      this.viewer?.blurred();
      this.run('masks.show');
    };
    window.addEventListener('blur', letGo, { signal });
  }

  private onKeyDown(event: KeyboardEvent): void {
    const { state, derived } = this.workbench;
    if (state.dialog || ownsKey(event)) return;
    // What is drawn on the photo goes before all else, and the keys of a lesson before others.
    if (this.viewer?.keyDown(event)) {
      event.preventDefault();
      return;
    }
    const lesson = state.teaching && lessonCommandOf(event, derived.hasLetterKeys);
    if (lesson) {
      if (!this.run(lesson.command, ...lesson.args)) return;
      event.preventDefault();
      // Arrow keys go on with the tool.
      if (lesson.command === 'lesson.tool') this.viewer?.focus({ preventScroll: true });
      return;
    }
    const command = commandOf(event, derived.hasLetterKeys);
    // What was begun last is ended first.
    const isEnded = event.key === 'Escape' && this.run('drawing.end');
    if (isEnded || (command && this.run(command))) event.preventDefault();
  }

  private onKeyUp(event: KeyboardEvent): void {
    this.viewer?.keyUp(event);
    const command = commandAfter(event);
    if (command) this.run(command);
  }

  private get viewer(): DefectViewer | null {
    return this.renderRoot.querySelector('defect-viewer');
  }

  private readonly onPicked = ({ target }: Event): void => {
    const input = target as HTMLInputElement;
    const { workbench } = this;
    workbench.watch(
      inNaturalOrder(Array.from(input.files ?? [])).then((files) => workbench.takeFiles(files)),
    );
    // The same photo may be chosen again.
    input.value = '';
  };
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- Events of the element, for addEventListener.
  interface HTMLElementEventMap extends DefectInspectorEvents {}
}
