import { InspectorError } from '../core/errors.js';
import { isInPart } from '../core/in-part.js';
import { requireArea } from '../core/pipeline/area.js';
import type { OwnThresholds } from '../core/recipe/recipe.js';
import type { Inspection } from '../core/types.js';
import { isMask } from '../datasets/mask-path.js';
import { isImagePath } from '../datasets/paths.js';
import { inSlices } from '../datasets/in-slices.js';
import type { Container } from '../datasets/types.js';
import { throwIfCancelled } from '../detector/cancellation.js';
import { givenOptions } from '../detector/given-options.js';
import { givenLook, lookKey, type Look } from '../detector/look.js';
import type { DetectorOptions, ImageInput, InspectOptions } from '../detector/types.js';
import type { Reason } from '../messages/error-text.js';
import type { Announcement } from '../messages/text.js';
import { PhotoBatch, type DetectorSource, type PhotoEntry, type UnderWay } from './batch/photo-batch.js';
import type { Bench } from './commands/command.js';
import type { ArgsOf, CommandId } from './commands/commands.js';
import { removePhotos, showPhoto } from './commands/photos.js';
import { isEnabled, runCommand } from './commands/registry.js';
import { announceChanges } from './announce-changes.js';
import { Derived } from './derived.js';
import { Evaluation } from './evaluation/evaluation.js';
import type { EvaluationSession } from './evaluation/session.js';
import { NO_EVALUATION } from './evaluation/state.js';
import { EXPORT_FORMATS, exportBlob, type ExportFormat } from './exports/export-file.js';
import { History, type Edit } from './history.js';
import { distinctNames, keyOf } from './intake/distinct-names.js';
import {
  isModelFile,
  isUsedAlone,
  MOST_PHOTOS,
  sortFiles,
  withLeftOut,
  type Drop,
  type DroppedFile,
  type LeftOut,
} from './intake/intake.js';
import type { LookedInto } from './intake/annotated.js';
import { Looking, type LookWatch } from './intake/looking.js';
import { givenName, photoName } from './intake/photo-name.js';
import { mayHoldLesson } from './lessons/may-hold-lesson.js';
import { NOT_STORED } from './lessons/not-stored.js';
import { learntOf, type Learnt } from './lessons/state.js';
import { Teaching } from './lessons/teaching.js';
import type { LessonWalk } from './lessons/walk.js';
import { ModelLibrary } from './models/model-library.js';
import { ModelSession } from './models/model-session.js';
import type { WorkbenchPorts } from './ports.js';
import { rankPhotos } from './results/ranking.js';
import { initialState, type WorkbenchState } from './state.js';
import { Store } from './store.js';
import { toInspectorError } from './to-inspector-error.js';
import { UsageStore } from './usage/usage-store.js';

/** Of what came to nothing, so many reasons are kept: further ones tell nobody anything. */
const MOST_TROUBLES = 5;

/**
 * Everything a person works on, without any view: photos, their results, the model, settings. Views show its state and
 * send commands; whatever touches the page is handed in.
 */
export class Workbench implements Bench {
  readonly store: Store<WorkbenchState>;
  readonly derived: Derived;
  readonly history = new History();
  readonly library: ModelLibrary;
  readonly session: ModelSession;
  readonly photos: PhotoBatch;
  readonly evaluation: Evaluation;
  readonly teaching: Teaching;
  /** Undefined until somebody has first been led through a lesson. */
  walk: LessonWalk | undefined;
  readonly usage: UsageStore;
  private saving: Promise<void> = Promise.resolve();
  private beginning: Promise<void> | undefined;
  private areThresholdsGiven = false;
  /** How often what is kept could not be read. */
  private failures = 0;
  /** One for all failures, so that what waits for the storage's answer is not read once for each. */
  private readonly readWhenAnswered = (): void => this.watch(this.readLate());
  /** Who waits for a photo, and hears how far it has come. */
  private readonly followers = new Map<number, (stage: UnderWay) => void>();
  /** Results that are in a file by now. */
  private readonly exported = new WeakSet<Inspection>();
  /** What was dropped or chosen, in order; and the one that is evaluated. */
  private lastTurn = 0;
  private evaluatedTurn = 0;
  private readonly looking = new Looking((looking) => {
    const before = this.store.state.looking;
    if (before === looking) return;
    this.store.update({ looking });
    if (looking && !before) this.announce({ reason: 'looking-through', params: looking });
  });

  constructor(readonly ports: WorkbenchPorts) {
    this.library = new ModelLibrary({
      shelf: ports.modelShelf,
      attribute: ports.askedModel,
      baseUrl: ports.baseUrl,
      loaded: () => {
        const { state } = this.session;
        return state.kind === 'ready' && !state.fallback ? state.detector.model : undefined;
      },
      onChange: () => this.libraryChanged(),
      onSwitch: (outdated) => this.switchModel(outdated),
      onNotRead: (error) => this.notRead(error),
    });
    this.session = new ModelSession({
      factory: ports.detectorFactory,
      request: () => this.library.request(),
      options: () => this.detectorOptions(),
      onProgress: (progress) => ports.emit('progress', progress),
      onChange: () => this.modelChanged(),
    });
    const detectors: DetectorSource = {
      get: () => this.session.get(),
      replaceAfter: (error, detector) => {
        if (!this.session.replaceAfter(error, detector)) return false;
        // The other running photos use the detector that has just been given up, unless that is long gone.
        if (error.data.reason !== 'detector-disposed') this.photos.restart();
        return true;
      },
    };
    this.photos = new PhotoBatch(detectors, {
      lookOf: (id) => this.lookOf(id),
      wantsMap: () => this.teaching.isInUse,
      // Whoever teaches looks at what it has come to there.
      first: () => (this.teaching.isInUse ? this.store.state.currentId : undefined),
      onUnderWay: (id, stage) => {
        this.store.update({ underWay: new Map(this.store.state.underWay).set(id, stage) });
        this.followers.get(id)?.(stage);
      },
    });
    this.store = new Store(initialState(this.session.state, this.library.view));
    this.derived = new Derived(() => this.state);
    announceChanges(this.store, this.derived, ports.emit);
    this.usage = new UsageStore(ports.usageStorage);
    this.usage.addEventListener('change', () => this.store.update({ usage: this.usage.view }));
    this.evaluation = this.makeEvaluation();
    this.teaching = this.makeTeaching();
    this.watch(this.readKept());
    this.photos.addEventListener('change', () => this.photosChanged());
    this.photos.addEventListener('settled', (event) =>
      this.settled((event as CustomEvent<PhotoEntry>).detail),
    );
  }

  /** Up to date at any time, also before listeners are called. */
  get state(): Readonly<WorkbenchState> {
    this.takePhotos();
    return this.store.state;
  }

  /** The latest results, in the order of the photos. */
  get inspections(): readonly Inspection[] {
    return this.photos.entries.flatMap(({ output }) => output ?? []);
  }

  /** Runs a command. Returns false where there was nothing to do. */
  run<Id extends CommandId>(id: Id, ...args: ArgsOf<Id>): boolean {
    return runCommand(this, id, ...args);
  }

  /** Whether a command has anything to work on. */
  can<Id extends CommandId>(id: Id, ...args: ArgsOf<Id>): boolean {
    return isEnabled(this, id, ...args);
  }

  /**
   * Appends photos and shows the first of them. `name` replaces the names that the inputs bring; those are made distinct, by
   * their paths where they are known.
   */
  add(
    inputs: Iterable<ImageInput>,
    {
      name,
      look,
      files = [],
    }: {
      readonly name?: string | undefined;
      /** Where these are to be looked at in another way than the others. */
      readonly look?: Partial<Look>;
      readonly files?: readonly DroppedFile[];
    } = {},
  ): readonly PhotoEntry[] {
    const given = Array.from(inputs);
    const own = givenName(name);
    const names = own === undefined ? this.namesOf(given, files) : [];
    const added = this.photos.add(given.map(this.ports.keepInput), {
      name: (index) => own ?? names[index],
    });
    if (look) this.setLook(added, look);
    const [first] = added;
    if (first) {
      this.history.limitPhotos();
      showPhoto(this.store, first.id);
      this.store.update({ removal: undefined, troubles: [] });
      this.ports.emit('photo', { count: added.length });
    }
    return added;
  }

  /**
   * Adds a photo and resolves with its inspection.
   * @throws {InspectorError} when it fails, is cancelled or removed
   */
  async inspect(input: ImageInput, given: InspectOptions = {}): Promise<Inspection> {
    const options = givenOptions(given);
    const { name, signal, onPartial, onProgress, onTiles } = options;
    throwIfCancelled(signal);
    requireArea(options.area);
    const [entry] = this.add([input], { name, look: givenLook(options) });
    const { id } = entry!;
    const cancel = () => this.photos.cancel(id);
    let told: Inspection | undefined;
    const tell = () => {
      const partial = this.photos.get(id)?.partial;
      if (!partial || partial === told) return;
      told = partial;
      onPartial?.(partial);
    };
    let last: UnderWay = { seen: 0, planned: 0, tiles: [] };
    this.followers.set(id, (stage) => {
      const { seen, planned, tiles } = stage;
      if (tiles.length + last.tiles.length > 0 && tiles !== last.tiles) onTiles?.(tiles);
      if (seen !== last.seen) onProgress?.({ phase: 'inspecting', done: seen, total: planned });
      last = stage;
    });
    signal?.addEventListener('abort', cancel);
    this.photos.addEventListener('change', tell);
    try {
      return await this.photos.result(id);
    } finally {
      signal?.removeEventListener('abort', cancel);
      this.photos.removeEventListener('change', tell);
      this.followers.delete(id);
    }
  }

  changeLook(look: WorkbenchState['look'], id?: number): void {
    const { look: before, looks } = this.store.state;
    const own = id === undefined ? undefined : looks.get(id);
    const isOwn = own?.detail !== undefined || own?.smallest !== undefined;
    if (!isOwn && before.detail === look.detail && before.smallest === look.smallest) return;
    const { area } = own ?? {};
    const running = this.photos.entries
      .filter(({ state }) => state === 'running')
      .map((entry) => ({ id: entry.id, key: lookKey(this.lookOf(entry.id)) }));
    this.store.update({ look, ...(isOwn && { looks: new Map(looks).set(id!, { ...(area && { area }) }) }) });
    // Those for which it makes a difference.
    this.photos.restart(
      running.filter(({ id: one, key }) => key !== lookKey(this.lookOf(one))).map(({ id: one }) => one),
    );
    const { current, seenOtherwise } = this.derived;
    if (current && current.state !== 'cancelled' && seenOtherwise.includes(current))
      this.photos.retry([current.id]);
  }

  inspectAs(id: number, look: Partial<Look>): void {
    const entry = this.photos.get(id);
    if (!entry) return;
    this.setLook([entry], look);
    // One that waits is looked at like that anyway.
    if (entry.state === 'running') this.photos.restart([id]);
    else this.photos.retry([id]);
  }

  /** Cancels and forgets all photos, for good: nothing of them is kept to be brought back. */
  clear(): void {
    this.photos.removeAll();
    this.history.forgetPhotos();
    this.teaching.forgetGone();
    this.store.update({ removal: undefined, left: undefined });
    showPhoto(this.store, undefined);
  }

  /** What is reported on all photos, as a file. @throws {RangeError} where there is no such format */
  export(format: ExportFormat): Blob {
    if (!EXPORT_FORMATS.includes(format))
      throw new RangeError(`There is no export format “${format}”, but ${EXPORT_FORMATS.join(', ')}.`);
    const { entries } = this.photos;
    this.noteExported(entries);
    return exportBlob(format, entries, this.derived.exportOptions);
  }

  /** Whether nothing is loaded, or can be brought back, that would be lost with the page. */
  get isEmpty(): boolean {
    const { photos, evaluation, teaching, left, dialog, library } = this.state;
    const isTaught = (teaching ?? left) !== undefined;
    const isInUse = photos.length > 0 || evaluation !== NO_EVALUATION || isTaught || dialog !== undefined;
    return !isInUse && !this.history.canUndo && library.choice?.kind !== 'visit';
  }

  /** Whether there are results that are in no file: they are lost when the page is left. */
  get hasUnsaved(): boolean {
    const { teaching } = this.state;
    // What is found in photos of a lesson is found again when it is taken up.
    const isKept = (id: number) => teaching?.isSaved && teaching.lesson.photos.has(id);
    return (
      this.isUnreported ||
      teaching?.isSaved === false ||
      this.photos.entries.some(({ id, output }) => output && !this.exported.has(output) && !isKept(id))
    );
  }

  /** Notes that what the evaluation has found so far is in a file. */
  noteReported(): void {
    this.store.update({ reported: this.evaluated });
  }

  private get isUnreported(): boolean {
    const { dataset, found } = this.evaluated;
    const { reported } = this.store.state;
    return found > 0 && !(reported.dataset === dataset && reported.found === found);
  }

  /** How many photos of which dataset, by all models together. */
  private get evaluated(): WorkbenchState['reported'] {
    const { dataset, runs } = this.store.state.evaluation;
    return { dataset, found: runs.reduce((sum, { found }) => sum + found, 0) };
  }

  noteExported(photos: readonly PhotoEntry[]): void {
    for (const { output } of photos) if (output) this.exported.add(output);
  }

  /** Photos are inspected, a model is used from now on, a ZIP is evaluated if it holds annotations. */
  takeFiles(files: readonly File[], all: readonly DroppedFile[] = []): void {
    const { photos, models, zips } = sortFiles(files);
    const model = models.at(-1);
    if (model) this.watch(this.library.act({ kind: 'file', file: model }));
    if (zips.length > 0) this.watch(this.takeZips(zips, ++this.lastTurn));
    this.addDropped(photos, all);
    if (models.length > 1) this.sayOneOf('one-model-of-several', models);
  }

  /**
   * Photos with annotations are evaluated, others inspected. Nothing comes of it where somebody stops looking through it.
   * @param reading what is dropped, or who reads it and tells how far it is
   */
  async takeDrop(reading: Drop | Promise<Drop> | ((watch: LookWatch) => Promise<Drop>)): Promise<void> {
    const turn = ++this.lastTurn;
    const found = await this.looking.through(async (watch) => {
      const dropped = await (typeof reading === 'function' ? reading(watch) : reading);
      const isOfPhotos = ({ path, file }: DroppedFile): boolean =>
        isModelFile(file) || (isImagePath(path) && !isMask(path));
      const others: DroppedFile[] = [];
      await inSlices(dropped.all, (one) => {
        if (!isOfPhotos(one)) others.push(one);
      });
      const intake = others.length > 0 ? await this.loadIntake() : undefined;
      return (await intake?.lookThrough(dropped, watch)) ?? withLeftOut(dropped);
    });
    if (!found) return;
    if ('dataset' in found) return this.evaluate(found.dataset, turn);
    const { name, files, all, leftOut } = found;
    if (files.length === 0) {
      const { masks = [], annotations = [], others = [] } = leftOut ?? {};
      const params = { name, leftOut: [...masks, ...annotations, ...others] };
      this.reportNothing({ reason: 'drop-without-photo', params });
    }
    this.takeFiles(files, all);
    if (files.length > 0) this.sayLeftOut(name, leftOut);
  }

  stopLooking(): void {
    this.looking.stop();
  }

  /** Pictures of pages that were dragged here; those that may not be fetched fail as photos. */
  takeAddresses(addresses: readonly string[]): void {
    if (addresses.length === 0) this.reportNothing({ reason: 'drag-without-photo' });
    this.add(addresses);
  }

  /** A program's own thresholds take the place of all that are kept. */
  giveThresholds(ownThresholds: OwnThresholds): void {
    this.areThresholdsGiven = true;
    // Frameworks set null where there are none.
    this.store.update({ ownThresholds: Object(ownThresholds) as OwnThresholds });
  }

  /** Loads the model before it is needed. */
  preload(): void {
    if (this.session.state.kind !== 'idle') return;
    // The failure is shown in a banner, and the next photo tries again.
    this.session.get().catch(() => undefined);
  }

  /** The page asks for another model, or for other threads: what was chosen here is forgotten. */
  askedAnew({ isOtherModel }: { readonly isOtherModel: boolean }): void {
    if (isOtherModel) this.library.reset();
    this.reloadModel();
  }

  reloadModel(): void {
    this.switchModel(undefined);
  }

  /** Ends what runs and gives the memory back. What waits goes on after `wake`, or when more is added. */
  release(): void {
    this.photos.suspend();
    this.evaluation.session?.suspend();
    this.session.reset();
  }

  wake(): void {
    this.photos.wake();
  }

  /** Returns the session, or nothing where it can't be loaded; the error is announced. */
  async openEvaluation(): Promise<EvaluationSession | undefined> {
    const session = await this.loadEvaluation();
    if (!session) return undefined;
    this.store.update({ dialog: 'evaluation' });
    session.seen();
    this.watch(session.loadCatalogue());
    return session;
  }

  /** Of several datasets the one that was brought last counts, however long the others take to be read. */
  async evaluate(source: Container | File, turn = ++this.lastTurn): Promise<void> {
    if (turn < this.evaluatedTurn) return;
    this.evaluatedTurn = turn;
    const session = await this.openEvaluation();
    await session?.read(source instanceof File ? { name: source.name, zip: source } : source);
  }

  /** Leads through a lesson on sample photos; asked twice, once. @throws {InspectorError} 'offline' where they can't be had */
  startWalk(): Promise<void> {
    this.beginning ??= this.beginWalk().finally(() => (this.beginning = undefined));
    return this.beginning;
  }

  private async beginWalk(): Promise<void> {
    const address = this.ports.lessonSamples();
    if (address === undefined) return;
    if (!this.walk) {
      const { LessonWalk } = await this.ports.loadLessons().catch((cause: unknown) => {
        throw new InspectorError({ code: 'offline', reason: 'teaching-not-loaded' }, { cause });
      });
      this.walk = new LessonWalk({
        store: this.store,
        photos: this.photos,
        listed: () => this.derived.photos,
        findsOn: (photo) => this.derived.counts.get(photo) ?? 0,
        add: (addresses) => this.add(addresses).map(({ id }) => id),
        remove: (photos) => removePhotos(this, photos, { isSaid: false }),
        show: (photo) => showPhoto(this.store, photo),
        open: (lesson) => this.teaching.open(lesson),
        put: (lesson) => this.teaching.put(lesson),
        isUsed: (learnt) => this.isUsed(learnt),
        use: (choice) => this.watch(this.library.act({ kind: 'choose', choice })),
        fetchJson: this.ports.fetchJson,
        run: (id, ...args) => this.run(id, ...args),
      });
    }
    await this.walk.start(address);
  }

  readAgain(): void {
    this.store.update({ unread: undefined });
    this.watch(this.readLate());
  }

  note(edit: Edit): void {
    this.history.add(edit);
    this.store.update({ removal: edit.notice && edit });
  }

  save(work: () => Promise<void>): void {
    // An earlier failure has been reported already, and doesn't stop the next save.
    this.saving = this.saving.catch(() => undefined).then(work);
    this.watch(this.saving);
  }

  watch(work: Promise<unknown>): void {
    work.catch((cause: unknown) => this.reportTrouble(toInspectorError(cause)));
  }

  private lookOf(id: number): Look {
    const { look, looks } = this.store.state;
    return { ...look, ...looks.get(id) };
  }

  private setLook(entries: readonly PhotoEntry[], look: Partial<Look>): void {
    const looks = new Map(this.store.state.looks);
    for (const { id } of entries) looks.set(id, { ...looks.get(id), ...look });
    this.store.update({ looks });
  }

  private async readKept(): Promise<void> {
    const reading = [this.loadThresholds(), this.loadSettings(), this.loadLessons()];
    await Promise.all(
      reading.map((one) => one.catch((cause: unknown) => this.notRead(toInspectorError(cause)))),
    );
  }

  /** Said once, however much of what is kept can't be read; taken back when the storage does answer, be it late. */
  private notRead(error: InspectorError): void {
    this.failures++;
    this.ports.whenStorageAnswers(this.readWhenAnswered);
    if (this.store.state.unread) return;
    this.store.update({ unread: error });
    this.announce({ reason: 'error', params: { error: error.data } });
    this.reportError(error);
  }

  private async readLate(): Promise<void> {
    const { failures } = this;
    await Promise.all([this.readKept(), this.library.readAgain()]);
    if (failures === this.failures) this.store.update({ unread: undefined });
  }

  /** Those that somebody has chosen in the meantime go before the kept ones. */
  private async loadThresholds(): Promise<void> {
    const kept = await this.ports.thresholds.load();
    if (this.areThresholdsGiven) return;
    this.store.update({ ownThresholds: { ...kept, ...this.store.state.ownThresholds } });
  }

  /** The photos of those without annotations are added; of the others the last one is evaluated, and that is said. */
  private async takeZips(given: readonly File[], turn: number): Promise<void> {
    const zips: File[] = [];
    for (const zip of given) if (!(await this.takeLesson(zip))) zips.push(zip);
    if (zips.length === 0) return;
    const intake = await this.loadIntake();
    if (!intake) return;
    // Whoever has the evaluation open wants to hear what it lacks.
    const isEvaluating = this.store.state.dialog === 'evaluation';
    const isPair = zips.length === 2;
    const source = await this.looking.through(async (watch) => {
      const looked: LookedInto[] = [];
      for (const zip of isEvaluating && !isPair ? [] : zips) looked.push(await intake.lookInto(zip, watch));
      const [first, second] = looked;
      const both = isPair && first && second && intake.joined([first, second]);
      if (both) return both;
      const others: File[] = [];
      for (const [i, zip] of zips.entries()) {
        const drop = isEvaluating ? undefined : await intake.photosIn(looked[i]!, this.room, watch);
        watch.signal.throwIfAborted();
        if (!drop) others.push(zip);
        else {
          this.addDropped(drop.files, drop.all, drop.more);
          this.sayLeftOut(zip.name, drop.leftOut);
        }
      }
      if (zips.length > 1 && others.length > 0) this.sayOneOf('one-zip-of-several', others);
      return others.at(-1);
    });
    if (source) await this.evaluate(source, turn);
  }

  /** For so many more photos. */
  private get room(): number {
    return Math.max(0, MOST_PHOTOS - this.photos.totals.total);
  }

  /** Adds as many as the list holds, and says of how many it doesn't. @param more that came with them */
  private addDropped(photos: readonly File[], all: readonly DroppedFile[], more = 0): void {
    const { room } = this;
    const left = more + Math.max(0, photos.length - room);
    const taken = photos.slice(0, room);
    this.add(taken, { files: all });
    if (left > 0) this.reportNothing({ reason: 'too-many-photos', params: { most: MOST_PHOTOS, left } });
    // The list lies behind it.
    if (taken.length > 0 && this.store.state.dialog === 'evaluation')
      this.reportNothing({
        reason: 'listed-not-evaluated',
        params: { names: taken.map(({ name }) => name) },
      });
  }

  /** Returns whether there is a lesson in a ZIP, be it one that can't be read, which is said. */
  private async takeLesson(zip: File): Promise<boolean> {
    if (!this.ports.offersTeaching()) return false;
    if (!(await mayHoldLesson(zip).catch(() => false))) return false;
    try {
      const { keeper } = await this.teaching.load();
      const isOpen = await keeper.openFile(zip);
      // It lies behind whatever dialog is open.
      if (isOpen) this.store.update({ dialog: undefined });
      return isOpen;
    } catch (cause) {
      this.reportTrouble(toInspectorError(cause));
      return true;
    }
  }

  private sayLeftOut(
    name: string,
    { masks = [], annotations = [], others = [] }: Partial<LeftOut> = {},
  ): void {
    if (masks.length > 0) this.reportNothing({ reason: 'masks-left-out', params: { name, leftOut: masks } });
    if (annotations.length > 0)
      this.reportNothing({ reason: 'annotations-left-out', params: { name, leftOut: annotations } });
    if (others.length > 0) {
      const hasOwn = others.some(isUsedAlone);
      this.reportNothing({ reason: 'files-left-out', params: { name, leftOut: others, hasOwn } });
    }
  }

  /** @param files of which the last one is used */
  private sayOneOf(reason: 'one-model-of-several' | 'one-zip-of-several', files: readonly File[]): void {
    const names = files.map(({ name }) => name);
    this.reportNothing({ reason, params: { used: names.at(-1)!, others: names.slice(0, -1) } });
  }

  private namesOf(inputs: readonly ImageInput[], files: readonly DroppedFile[]): (string | undefined)[] {
    const paths = new Map(files.map(({ path, file }): [ImageInput, string] => [file, path]));
    const taken = new Set(this.photos.entries.map(({ name }) => keyOf(name)));
    const named = inputs.map((input) => ({ name: photoName(input), path: paths.get(input) }));
    return distinctNames(named, (key) => taken.has(key));
  }

  private reportNothing(why: Reason): void {
    this.reportTrouble(new InspectorError({ code: 'unsupported-image', ...why }));
  }

  /** What was said for these reasons is over. */
  takeBack(...reasons: readonly string[]): void {
    const { troubles } = this.store.state;
    const others = troubles.filter(({ data }) => !reasons.includes(data.reason));
    if (others.length < troubles.length) this.store.update({ troubles: others });
  }

  private reportTrouble(error: InspectorError): void {
    const { troubles } = this.store.state;
    const others = troubles.filter(({ message }) => message !== error.message);
    this.store.update({ troubles: [...others.slice(1 - MOST_TROUBLES), error] });
    this.announce({ reason: 'error', params: { error: error.data } });
    this.reportError(error);
  }

  /** Where a page must not store anything, there are none. */
  private async loadLessons(): Promise<void> {
    const keptLessons = await this.ports.lessonStorage.list();
    this.store.update({ keptLessons: this.store.state.keptLessons ?? keptLessons });
  }

  private async loadSettings(): Promise<void> {
    const { letterKeys, csvStyle, theme } = await this.ports.settings.load();
    const { chosenLetterKeys, chosenCsvStyle } = this.store.state;
    // Whoever has chosen in the meantime goes before.
    this.store.update({
      chosenLetterKeys: chosenLetterKeys ?? letterKeys,
      chosenCsvStyle: chosenCsvStyle ?? csvStyle,
      theme: this.store.state.theme ?? theme,
    });
  }

  /** What the page asks of every detector. */
  private detectorOptions(): Pick<DetectorOptions, 'threads' | 'timeLimit'> {
    const [threads, timeLimit] = [this.ports.threads(), this.ports.timeLimit()];
    return { ...(threads && { threads }), ...(timeLimit && { timeLimit }) };
  }

  private makeEvaluation(): Evaluation {
    const { store, ports, session, derived } = this;
    return new Evaluation(
      {
        store: {
          get state() {
            return store.state.evaluation;
          },
          update: (patch) => store.update({ evaluation: { ...store.state.evaluation, ...patch } }),
        },
        isShown: () => store.state.dialog === 'evaluation',
        // The entry that sets the factory sets this as well.
        connect: () => ports.connectEvaluator()!(),
        borrow: () => session.borrow(),
        // Without a factory there is no detector to evaluate either, which `borrow` says.
        factory: (options) => ports.detectorFactory()!({ ...options, ...this.detectorOptions() }),
        catalogue: async () => (await ports.modelShelf()?.catalogue()) ?? [],
        note: (edit) => this.note(edit),
        recipe: () => derived.recipe,
      },
      ports.loadEvaluation,
    );
  }

  private makeTeaching(): Teaching {
    const { store, photos } = this;
    return new Teaching(
      {
        store: {
          get state() {
            return store.state.teaching;
          },
          update: (teaching) => store.update({ teaching }),
        },
        photos,
        show: (photo) => {
          if (store.state.currentId !== photo) showPhoto(store, photo);
        },
        note: (edit) => this.note(edit),
        leaveLesson: () => this.history.leaveLesson(),
        offer: (notice, take) =>
          store.update({ removal: undefined, left: { notice, take, turn: this.history.turn } }),
        announce: (announcement) => this.announce(announcement),
        report: (error) => this.reportTrouble(error),
        noteStored: () => this.takeBack(...NOT_STORED),
        teacher: this.ports.teacher,
        use: ({ model: file }, name) => {
          this.watch(this.library.act({ kind: 'choose', choice: { kind: 'visit', model: { name, file } } }));
          // Those that can't be read stay as they are.
          photos.retry(photos.entries.flatMap(({ id, output }) => (output ? [id] : [])));
        },
        storage: this.ports.lessonStorage,
        pictures: this.ports.lessonPictures,
        get keptLessons() {
          return store.state.keptLessons;
        },
        set keptLessons(keptLessons) {
          store.update({ keptLessons });
        },
        add: (files) => this.add(files),
        watch: (work) => this.watch(work),
        saveFile: this.ports.saveFile,
        choices: () => this.library.choices,
        isUsed: (learnt) => this.isUsed(learnt),
      },
      this.ports.loadLessons,
    );
  }

  /** Whether photos are inspected by what was learnt. */
  private isUsed({ model, hash }: Learnt): boolean {
    const { choice } = this.library.view;
    if (choice?.kind === 'visit') return choice.model.file === model;
    return choice?.kind === 'remembered' && choice.hash === hash;
  }

  /** Returns nothing where it can't be loaded; the error is announced. */
  private loadEvaluation(): Promise<EvaluationSession | undefined> {
    return this.unlessFailed(this.evaluation.load());
  }

  private loadIntake() {
    return this.unlessFailed(this.evaluation.intake());
  }

  private async unlessFailed<T>(loading: Promise<T>): Promise<T | undefined> {
    this.watch(loading);
    return loading.catch(() => undefined);
  }

  /** Keeps results, but inspects those of the model `outdated` again; running photos start again. */
  private switchModel(outdated: { readonly hash: string } | undefined): void {
    this.photos.restart();
    this.session.reset();
    this.preload();
    if (!outdated) return;
    const found = this.photos.entries.filter(({ output }) => output?.model.hash === outdated.hash);
    this.photos.retry(found.map(({ id }) => id));
  }

  private photosChanged(): void {
    const { totals } = this.photos;
    // A pause ends when nothing waits any more, so that photos that are added later start at once.
    const isOver = totals.waiting + totals.running === 0;
    if (isOver) this.photos.resume();
    this.takePhotos();
    if (isOver) this.teaching.session?.settled();
  }

  private takePhotos(): void {
    const { entries: photos, totals, timeLeft, isPaused } = this.photos;
    const underWay = this.stillUnderWay();
    this.store.update({ photos, totals, timeLeft, isPaused, underWay });
  }

  private stillUnderWay(): WorkbenchState['underWay'] {
    const { underWay } = this.store.state;
    const still = [...underWay].filter(([id]) => this.photos.get(id)?.state === 'running');
    return still.length === underWay.size ? underWay : new Map(still);
  }

  private settled({ id, name, state, output, error }: PhotoEntry): void {
    if (state === 'done' && output) this.reportResult(output);
    else if (error && error.code !== 'cancelled') this.reportError(error, name);
    const { total, waiting, running, done, failed, cancelled } = this.photos.totals;
    const settled = total - waiting - running;
    this.ports.emit('progress', { phase: 'inspecting', done: settled, total });
    if (settled === total) this.rank();
    if (settled === total && total > 1) {
      this.announce({ reason: 'all-settled', params: { done, failed, cancelled } });
    } else if (state === 'failed' && error) {
      this.announce({ reason: 'photo-failed', params: { name, error: error.data } });
    } else if (output && (isInPart(output) || output.lacksMasks) && id === this.store.state.currentId) {
      this.announce({ reason: 'photo-ended', params: { name, headline: this.derived.headline } });
    } else if (state === 'done' && id === this.store.state.currentId) {
      const { assessment } = this.derived;
      if (assessment)
        this.announce({ reason: 'photo-done', params: { name, defects: assessment.reported.length } });
    }
  }

  /** Once all photos have been inspected by what was learnt, the worst can come first. */
  private rank(): void {
    const { teaching } = this.store.state;
    const learnt = teaching && learntOf(teaching.learning);
    const { entries } = this.photos;
    if (learnt && entries.every(({ output }) => !output || output.model.hash === learnt.hash))
      this.store.update({ ranking: rankPhotos(entries) });
  }

  private reportResult(output: Inspection): void {
    if (this.ports.countsUsage()) this.usage.countInspection(output);
    this.ports.emit('result', output);
  }

  private reportError(error: InspectorError, name?: string): void {
    if (this.ports.countsUsage()) this.usage.countError(error.code);
    this.ports.emit('error', { error, ...(name !== undefined && { name }) });
  }

  private announce(announcement: Announcement): void {
    this.store.update({ announcement });
  }

  private libraryChanged(): void {
    const { error } = this.library.view;
    const isNew = error && error !== this.store.state.library.error;
    this.store.update({ library: this.library.view });
    if (isNew) this.announce({ reason: 'error', params: { error: error.data } });
  }

  private modelChanged(): void {
    const model = this.session.state;
    this.store.update({ model });
    if (model.kind === 'failed') {
      // Photos that wait for the model report its error as their own.
      if (this.photos.totals.waiting === 0) this.reportError(model.error);
      this.announce({ reason: 'error', params: { error: model.error.data } });
    }
    if (model.kind === 'ready') {
      const { detector, fallback } = model;
      if (!fallback) this.watch(this.library.recognise(detector.model));
      this.ports.emit('model', {
        ...detector.model,
        ...(fallback instanceof InspectorError && { fallback }),
      });
    }
  }
}
