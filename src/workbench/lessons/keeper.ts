import { InspectorError } from '../../core/errors.js';
import { keyOf } from '../intake/distinct-names.js';
import { NumberedNames } from '../../core/export/names.js';
import { cocoZip } from './coco-zip.js';
import type { LessonHost } from './host.js';
import { newLesson, type Lesson, type Teaching as Said } from './lesson.js';
import { lessonFile, readLessonFile } from './lesson-file.js';
import { checkLesson } from './lesson-schema.js';
import { canKeep } from './next-step.js';
import { entriesOf, packLesson, sizesOf } from './pack.js';
import { bytesOf, newKey, type LoadedLesson, type PackedLesson, type PackedPhoto } from './package.js';
import { PhotoHashes } from './photo-hashes.js';
import {
  KEEPINGS,
  learntOf,
  type AbsentPhoto,
  type Keeping,
  type KeptLesson,
  type TeachingState,
} from './state.js';
import { learntFrom, linesOf } from './taught-file.js';
import type { OpenLesson } from './open-lesson.js';
import { fileNameOf } from './write-zip.js';

/** Where a lesson is kept, and which revision of it was read or stored here last. */
interface KeptPlace {
  readonly key: string;
  readonly revision: string | undefined;
}

/** Keeps lessons on this device, and takes them up again. */
export class LessonKeeper {
  /** Photos that are not in the list count downwards. */
  private lastAbsent = 0;
  /** Of the lessons of this visit, by their ids. */
  private readonly places = new Map<number, KeptPlace>();
  private readonly hashes = new PhotoHashes();
  /** What is stored is stored one after the other. */
  private storing: Promise<unknown> = Promise.resolve();
  /** Counts what was asked to be taken up: the last one is. */
  private turn = 0;

  constructor(
    private readonly teaching: OpenLesson,
    private readonly host: LessonHost,
  ) {
    host.storage.onChange((key) => host.watch(this.inTurn(() => this.changedElsewhere(key))));
  }

  /**
   * Keeps a lesson as it was when that was asked for. Where another tab has stored it since it was read or stored here, that is said, and
   * nothing is replaced.
   * @param over the revision that may be replaced, where somebody has said so
   * @throws {InspectorError} 'storage-full' where it can't be kept: teaching goes on from memory
   */
  save(state: TeachingState, keeping: Keeping, over?: Pick<KeptLesson, 'revision'>): Promise<void> {
    const pack = this.packer(state, keeping);
    return this.inTurn(async () => {
      const place = this.places.get(state.id) ?? { key: newKey(), revision: undefined };
      const packed = await pack();
      const stored = await this.stored(
        (storage) => storage.put(place.key, packed, (over ?? place).revision),
        {
          state,
          keeping,
          packed,
        },
      );
      if (stored.kind === 'stored') {
        this.places.set(state.id, { key: place.key, revision: stored.revision });
        this.noteSaved(state, place.key);
      } else if (this.teaching.state?.id === state.id) {
        this.teaching.change({ newer: { kept: stored.kept, keeping } });
      } else {
        // Nobody can be asked about a lesson that is not taught any more.
        await this.storeCopy(state, keeping, packed);
      }
      await this.list();
    });
  }

  /** Keeps a lesson beside that of another tab, under a name of its own. @throws {InspectorError} as `save` */
  saveCopy(state: TeachingState, keeping: Keeping): Promise<void> {
    const pack = this.packer(state, keeping);
    return this.inTurn(async () => {
      await this.storeCopy(state, keeping, await pack());
      await this.list();
    });
  }

  /** Takes up what is kept under a key, unless something else is taken up meanwhile. */
  async open(key: string): Promise<void> {
    const isWanted = this.taking();
    const { lesson, revision } = await this.loaded(key);
    await this.take(lesson, isWanted, { key, revision });
  }

  /** Takes up the lesson in a file. Returns false where there is none in it. @throws {InspectorError} 'lesson-unusable' where it can't be read */
  async openFile(zip: File): Promise<boolean> {
    const isWanted = this.taking();
    const packed = await readLessonFile(zip);
    if (packed) await this.take(packed, isWanted);
    return packed !== undefined;
  }

  /** As a file that a drop opens again: with its photos, and of those that are not there what was learnt from them. */
  async export(state: TeachingState): Promise<void> {
    const packed = await this.packer(state, 'photos')();
    this.host.saveFile(await lessonFile(packed), `${fileNameOf(state.lesson.name)}.lesson.zip`);
    this.noteSaved(state);
  }

  /** As a dataset to train a network on. */
  async exportCoco({ lesson, absent }: TeachingState): Promise<void> {
    const { photos, pictures } = this.host;
    const nameOf = (id: number) => absent.get(id)?.name ?? '';
    const { file, leftOut } = await cocoZip(lesson, (id) => photos.get(id), nameOf, pictures);
    this.host.saveFile(file, `${fileNameOf(lesson.name)}.coco.zip`);
    if (leftOut.length === 0) return;
    const params = { name: lesson.name, leftOut };
    this.host.report(
      new InspectorError({ code: 'lesson-unusable', reason: 'lesson-photos-left-out', params }),
    );
  }

  exportModel({ learning, lesson }: TeachingState): void {
    const learnt = learntOf(learning);
    if (learnt) this.host.saveFile(learnt.model, `${fileNameOf(lesson.name)}.onnx`);
  }

  duplicate(key: string): Promise<void> {
    return this.inTurn(async () => {
      const { lesson } = await this.loaded(key);
      const copy = { ...lesson, name: this.freeName(lesson.name) };
      await this.stored((storage) => storage.put(newKey(), copy, undefined), { packed: copy });
      await this.list();
    });
  }

  rename(key: string, name: string): Promise<void> {
    return this.inTurn(async () => {
      const revision = await this.stored((storage) => storage.rename(key, name));
      const { state } = this.teaching;
      const place = state && this.places.get(state.id);
      if (state && place?.key === key && revision !== undefined) {
        this.places.set(state.id, { key, revision });
        // It is taught under that name, and kept under it: what was saved still is.
        const { saved, lesson } = state;
        if (saved && isSameBesidesName(saved.lesson, lesson) && lesson.name === name)
          this.noteKept(state, { saved: { ...saved, lesson } });
      }
      await this.list();
    });
  }

  /** Can be undone: what is deleted stays in memory for that. */
  async delete(key: string): Promise<void> {
    const name = this.host.keptLessons?.find((one) => one.key === key)?.name ?? '';
    /** What was known of the lesson, where it is taught while it is deleted. */
    let open: (Pick<TeachingState, 'id' | 'saved'> & KeptPlace) | undefined;
    let putBack: ((key: string) => Promise<boolean>) | undefined;
    const remove = () =>
      this.inTurn(async () => {
        putBack = await this.stored((storage) => storage.delete(key));
        const { state } = this.teaching;
        const place = state && this.places.get(state.id);
        open = place?.key === key ? { id: state!.id, saved: state!.saved, ...place } : undefined;
        if (open) this.forgetPlace(open.id);
        await this.list();
      });
    const restore = () =>
      this.inTurn(async () => {
        // Another tab may have saved it again.
        const isThere = await this.stored(async () => putBack?.(key));
        if (isThere === false) await this.stored(async () => putBack?.(newKey()));
        if (isThere && open && !this.places.has(open.id)) {
          const { id, saved, revision } = open;
          this.places.set(id, { key, revision });
          this.noteKept({ id }, { key, saved });
        }
        await this.list();
      });
    await remove();
    this.host.note({
      notice: { reason: 'lesson-deleted', params: { name } },
      undo: () => this.host.watch(restore()),
      redo: () => this.host.watch(remove()),
    });
  }

  /** Photos that have come into the list, and are those of the lesson that were not there, take their places. */
  recognise(): void {
    const { state } = this.teaching;
    if (!state || ![...state.lesson.photos.keys()].some((id) => id < 0)) return;
    const hashes = new Map<string, number>();
    for (const { id, output } of this.host.photos.entries)
      if (output && !state.lesson.photos.has(id)) hashes.set(output.image.hash, id);
    const places = new Map<number, number>();
    for (const [id, { hash }] of state.absent) {
      const there = hash === undefined ? undefined : hashes.get(hash);
      if (there !== undefined && state.lesson.photos.has(id)) places.set(id, there);
    }
    if (places.size === 0) return;
    const moved = (lesson: Lesson): Lesson => ({
      ...lesson,
      photos: new Map([...lesson.photos].map(([id, said]) => [places.get(id) ?? id, said])),
    });
    for (const [id, there] of places) {
      const known = state.features.photos.get(String(id));
      if (known) state.features.photos.set(String(there), known);
    }
    const lesson = moved(state.lesson);
    const learnt = learntOf(state.learning);
    const { saved } = state;
    // The same is taught as before.
    if (learnt?.lesson === state.lesson) this.teaching.change({ learning: { ...learnt, lesson } });
    if (saved?.lesson === state.lesson) this.teaching.change({ saved: { ...saved, lesson } });
    this.teaching.put(lesson);
  }

  /** Takes up a lesson; its photos join the list, unless they are there. */
  private async take(packed: PackedLesson, isWanted: () => boolean, place?: KeptPlace): Promise<void> {
    const learnt = packed.learnt && (await learntFrom(packed.learnt));
    const hashes = await this.hashes.ofPacked(packed.photos);
    await this.hashes.learn(this.host.photos.entries, packed.photos);
    // From here on nothing is waited for: what is taken up twice at once has its photos in the list once.
    if (!isWanted()) return;
    const absent = new Map<number, AbsentPhoto>();
    const features = new Map<string, object>();
    const photos = new Map<number, Said>();
    const inList = this.hashes.among(this.host.photos.entries);
    const placeOf = (photo: PackedPhoto) => inList.get(hashes.get(photo) ?? '');
    const missing = packed.photos.filter((photo) => photo.file && placeOf(photo) === undefined);
    const added = this.host.add(
      missing.map(({ name, file }) => new File([file!], name, { type: file!.type })),
    );
    const ids = new Map(missing.map((photo, i) => [photo, added[i]!.id]));
    for (const photo of packed.photos) {
      const { name, size, thumbnail, isGood, marks } = photo;
      const hash = hashes.get(photo);
      const id = ids.get(photo) ?? placeOf(photo) ?? --this.lastAbsent;
      if (id < 0) absent.set(id, { name, ...size, ...(hash && { hash }), ...(thumbnail && { thumbnail }) });
      if (id > 0 && hash) this.hashes.note(id, hash);
      if (photo.features) features.set(String(id), photo.features);
      photos.set(id, isGood ? { isGood } : { isGood, marks });
    }
    const { name, classes, nextClassId, nextMarkId } = packed;
    const lesson: Lesson = { name, classes, photos, nextClassId, nextMarkId };
    const former = packed.learnt?.isOutdated ? newLesson(name) : lesson;
    const taught = learnt && { ...learnt, lesson: former };
    this.teaching.open(lesson, {
      ...{ absent, features: { photos: features }, key: place?.key },
      saved: { lesson, hash: learnt?.hash, isOnDevice: place !== undefined },
      ...(taught && { learning: taught }),
    });
    const { state } = this.teaching;
    if (state) {
      if (place) this.places.set(state.id, place);
      this.teaching.change({ sizes: sizesOf(state, this.host) });
    }
    this.teaching.put(lesson);
    if (taught) this.host.use(taught, name);
  }

  /** Whether that is still wanted which is to be taken up: nothing else was, and no lesson was begun or left meanwhile. */
  private taking(): () => boolean {
    const turn = ++this.turn;
    const id = this.teaching.state?.id;
    return () => turn === this.turn && this.teaching.state?.id === id;
  }

  /** Packs the lesson with the photos that are in the list now, whatever becomes of that meanwhile. */
  private packer(state: TeachingState, keeping: Keeping): () => Promise<PackedLesson> {
    const entries = entriesOf(state.lesson, this.host.photos);
    return () => packLesson(state, entries, this.host.pictures, keeping, (entry) => this.hashes.of(entry));
  }

  private async storeCopy(state: TeachingState, keeping: Keeping, original: PackedLesson): Promise<void> {
    const name = this.freeName(state.lesson.name);
    const packed = { ...original, name };
    const key = newKey();
    const stored = await this.stored((storage) => storage.put(key, packed, undefined), {
      state,
      keeping,
      packed,
    });
    if (stored.kind === 'stored') this.places.set(state.id, { key, revision: stored.revision });
    const named: TeachingState = { ...state, lesson: { ...state.lesson, name } };
    if (this.teaching.state?.id === state.id) {
      const isSame = this.teaching.state.lesson === state.lesson;
      this.teaching.edit((one) => ({ ...one, name }));
      this.noteSaved(isSame ? { ...named, lesson: this.teaching.state.lesson } : named, key);
    } else {
      this.noteSaved(named, key);
    }
  }

  /** @param state as it was when that was asked for; it may have been changed meanwhile. @param key under which it is on this device; undefined: it is in a file */
  private noteSaved({ id, lesson, learning }: TeachingState, key?: string): void {
    const { state } = this.teaching;
    if (state?.id === id) {
      const hash = learntOf(learning)?.hash;
      const before = state.saved;
      const isKept = before?.isOnDevice === true && before.lesson === lesson && before.hash === hash;
      const saved = { lesson, hash, isOnDevice: key !== undefined || isKept };
      this.host.noteStored();
      this.noteKept({ id }, key === undefined ? { saved } : { key, saved, newer: undefined });
    }
    if (key !== undefined) this.host.announce({ reason: 'lesson-saved', params: { name: lesson.name } });
  }

  /** What is kept of a lesson, unless another one is taught by now. */
  private noteKept(
    { id }: Pick<TeachingState, 'id'>,
    kept: Partial<Pick<TeachingState, 'key' | 'saved' | 'newer'>>,
  ): void {
    const { state } = this.teaching;
    if (state?.id !== id) return;
    this.teaching.change(kept);
    this.teaching.put(state.lesson);
  }

  /** What is saved from now on must not replace what comes back when it is undone. */
  private forgetPlace(id: number): void {
    this.places.delete(id);
    this.noteKept({ id }, { key: undefined, saved: undefined, newer: undefined });
  }

  /** Also where it was changed here: then it is the revision that is known. */
  private async changedElsewhere(key: string): Promise<void> {
    await this.list();
    const { state } = this.teaching;
    const place = state && this.places.get(state.id);
    if (!state || place?.key !== key) return;
    const kept = this.host.keptLessons?.find((one) => one.key === key);
    if (!kept) this.forgetPlace(state.id);
    else if (kept.revision !== place.revision && kept.revision !== state.newer?.kept.revision)
      this.teaching.change({ newer: { kept } });
  }

  private freeName(name: string): string {
    const names = new Set(this.host.keptLessons?.map((one) => keyOf(one.name)));
    return new NumberedNames((one) => !names.has(keyOf(one))).next(name);
  }

  private async list(): Promise<void> {
    this.host.keptLessons = await this.stored((storage) => storage.list());
  }

  private async loaded(key: string): Promise<LoadedLesson> {
    const kept = await this.host.storage.load(key).catch((cause: unknown) => {
      if (cause instanceof InspectorError) throw cause;
      throw new InspectorError({ code: 'storage-full', reason: 'lesson-not-read' }, { cause });
    });
    if (!kept) {
      await this.list();
      throw new InspectorError({ code: 'storage-full', reason: 'lesson-gone' });
    }
    try {
      const lesson = checkLesson(kept.lesson);
      // It is told now whether that is a model.
      if (lesson.learnt) linesOf(await lesson.learnt.model.arrayBuffer());
      return { ...kept, lesson };
    } catch (cause) {
      const params = { name: kept.lesson.name };
      throw new InspectorError({ code: 'lesson-unusable', reason: 'kept-lesson-damaged', params }, { cause });
    }
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    // Whoever asked for what failed before has heard of it.
    const done = this.storing.catch(() => undefined).then(work);
    this.storing = done;
    return done;
  }

  /**
   * @param what is to be stored, and of which lesson in which way, if so
   * @throws {InspectorError} 'storage-full', with the reason
   */
  private async stored<T>(
    work: (storage: LessonHost['storage']) => Promise<T>,
    what?: { readonly packed: PackedLesson; readonly state?: TeachingState; readonly keeping?: Keeping },
  ): Promise<T> {
    try {
      return await work(this.host.storage);
    } catch (cause) {
      const isFull = cause instanceof DOMException && cause.name === 'QuotaExceededError';
      if (!isFull || !what)
        throw new InspectorError({ code: 'storage-full', reason: 'lesson-not-stored' }, { cause });
      const params = await this.noSpace(what);
      throw new InspectorError({ code: 'storage-full', reason: 'no-space-for-lesson', params }, { cause });
    }
  }

  /** What it takes, and whether it would fit if it was kept in another way. */
  private async noSpace({
    packed,
    state,
    keeping,
  }: {
    readonly packed: PackedLesson;
    readonly state?: TeachingState;
    readonly keeping?: Keeping;
  }) {
    const bytes = bytesOf(packed);
    const free = await this.host.storage.free();
    const sizes = state?.sizes && sizesOf(state, this.host);
    // What was not learnt from can't be kept without the photos.
    const possible = KEEPINGS.filter((one) => state && canKeep(state, one));
    const [least] = possible.toSorted((one, other) => (sizes ? sizes[one] - sizes[other] : 0));
    const isSmaller = sizes && least && least !== keeping && sizes[least] < bytes;
    // Where the browser's own figure says that there is room, it is wrong.
    const room = free !== undefined && free < bytes ? free : undefined;
    const smaller = isSmaller
      ? { keeping: least, bytes: sizes[least], fits: room === undefined ? undefined : sizes[least] <= room }
      : undefined;
    return { bytes, free: room, smaller };
  }
}

/** Whether two lessons say the same under different names. */
const isSameBesidesName = (one: Lesson, other: Lesson): boolean =>
  one.photos === other.photos &&
  one.classes === other.classes &&
  one.nextClassId === other.nextClassId &&
  one.nextMarkId === other.nextMarkId;
