import { InspectorError } from '../../core/errors.js';
import { keyOf } from '../intake/distinct-names.js';
import { NumberedNames } from '../../core/export/names.js';
import { sha256 } from '../../model/hash.js';
import { cocoZip } from './coco-zip.js';
import type { LessonHost } from './host.js';
import { newLesson, type Lesson, type Teaching as Said } from './lesson.js';
import { lessonFile, readLessonFile } from './lesson-file.js';
import { packLesson, sizesOf } from './pack.js';
import type { PackedLesson } from './package.js';
import { learntOf, type AbsentPhoto, type Keeping, type Learnt, type TeachingState } from './state.js';
import { linesOf } from './taught-file.js';
import type { OpenLesson } from './open-lesson.js';
import { fileNameOf } from './write-zip.js';

/** Keeps lessons on this device, and takes them up again. */
export class LessonKeeper {
  /** Photos that are not in the list count downwards. */
  private lastAbsent = 0;
  /** Under which each lesson of this visit is kept: its features are the same object as long as it is taught. */
  private readonly keys = new WeakMap<TeachingState['features'], string>();

  constructor(
    private readonly teaching: OpenLesson,
    private readonly host: LessonHost,
  ) {}

  /** @throws {InspectorError} 'storage-full' where it can't be kept: teaching goes on from memory */
  async save(keeping: Keeping): Promise<void> {
    const { state } = this.teaching;
    if (!state) return;
    const { lesson, learning, features } = state;
    const key = state.key ?? this.keys.get(features) ?? newKey();
    this.keys.set(features, key);
    const packed = await packLesson(state, this.host, keeping);
    await this.stored((storage) => storage.put(key, packed));
    this.noteKept(state, { key, saved: { lesson, hash: learntOf(learning)?.hash } });
    this.host.announce({ reason: 'lesson-saved', params: { name: lesson.name } });
    await this.list();
  }

  async open(key: string): Promise<void> {
    const packed = await this.loaded(key);
    await this.take(packed, key);
  }

  /** Takes up a lesson; its photos join the list, unless they are there. */
  async take(packed: PackedLesson, key?: string): Promise<void> {
    const learnt = packed.learnt && (await learntFrom(packed.learnt));
    const absent = new Map<number, AbsentPhoto>();
    const features = new Map<string, object>();
    const photos = new Map<number, Said>();
    const inList = new Map(this.host.photos.entries.map(({ id, output }) => [output?.image.hash, id]));
    const missing = packed.photos.filter(({ hash, file }) => file && !(hash && inList.has(hash)));
    const added = this.host.add(
      missing.map(({ name, file }) => new File([file!], name, { type: file!.type })),
    );
    const ids = new Map(missing.map((photo, i) => [photo, added[i]!.id]));
    for (const photo of packed.photos) {
      const { name, hash, size, thumbnail, isGood, marks } = photo;
      const id = ids.get(photo) ?? (hash ? inList.get(hash) : undefined) ?? --this.lastAbsent;
      if (id < 0) absent.set(id, { name, ...size, ...(hash && { hash }), ...(thumbnail && { thumbnail }) });
      if (photo.features) features.set(String(id), photo.features);
      photos.set(id, isGood ? { isGood } : { isGood, marks });
    }
    const { name, classes, nextClassId, nextMarkId } = packed;
    const lesson: Lesson = { name, classes, photos, nextClassId, nextMarkId };
    const former = packed.learnt?.isOutdated ? newLesson(name) : lesson;
    const taught: Learnt | undefined = learnt && { ...learnt, lesson: former };
    this.teaching.open(lesson, {
      ...{ absent, features: { photos: features }, key },
      // It is on this device, or in a file.
      saved: { lesson, hash: learnt?.hash },
      ...(taught && { learning: taught }),
    });
    const { state } = this.teaching;
    if (state) this.teaching.change({ sizes: sizesOf(state, this.host) });
    this.teaching.put(lesson);
    if (taught) this.host.use(taught, name);
  }

  /** As a file that a drop opens again: with its photos, and of those that are not there what was learnt from them. */
  async export(): Promise<void> {
    const { state } = this.teaching;
    if (!state) return;
    const packed = await packLesson(state, this.host, 'photos');
    const { lesson, learning } = state;
    this.host.saveFile(await lessonFile(packed), `${fileNameOf(lesson.name)}.lesson.zip`);
    this.noteKept(state, { saved: { lesson, hash: learntOf(learning)?.hash } });
  }

  /** As a dataset to train a network on. */
  async exportCoco(): Promise<void> {
    const { state } = this.teaching;
    if (!state) return;
    const { lesson, absent } = state;
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

  exportModel(): void {
    const { state } = this.teaching;
    const learnt = state && learntOf(state.learning);
    if (learnt) this.host.saveFile(learnt.model, `${fileNameOf(state.lesson.name)}.onnx`);
  }

  /** Takes up the lesson in a file. Returns false where there is none in it. @throws {InspectorError} 'lesson-unusable' where it can't be read */
  async openFile(zip: File): Promise<boolean> {
    const packed = await readLessonFile(zip);
    if (packed) await this.take(packed);
    return packed !== undefined;
  }

  async duplicate(key: string): Promise<void> {
    const packed = await this.loaded(key);
    const names = new Set(this.host.keptLessons?.map(({ name }) => keyOf(name)));
    const name = new NumberedNames((one) => !names.has(keyOf(one))).next(packed.name);
    await this.stored((storage) => storage.put(newKey(), { ...packed, name }));
    await this.list();
  }

  async rename(key: string, name: string): Promise<void> {
    await this.stored((storage) => storage.rename(key, name));
    await this.list();
  }

  /** Can be undone: what is deleted stays in memory for that. */
  async delete(key: string): Promise<void> {
    const packed = await this.loaded(key);
    /** The lesson, where it is taught while it is deleted. */
    let open: TeachingState | undefined;
    const remove = async () => {
      await this.stored((storage) => storage.delete(key));
      const { state } = this.teaching;
      open = state?.key === key ? state : undefined;
      if (open) {
        // What is saved from now on must not be replaced when this is undone.
        this.keys.delete(open.features);
        this.noteKept(open, { key: undefined, saved: undefined });
      }
      await this.list();
    };
    const putBack = async () => {
      await this.stored((storage) => storage.put(key, packed));
      if (open && this.teaching.state?.key === undefined) this.noteKept(open, { key, saved: open.saved });
      await this.list();
    };
    await remove();
    this.host.note({
      notice: { reason: 'lesson-deleted', params: { name: packed.name } },
      undo: () => this.host.watch(putBack()),
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

  /** What is kept of a lesson, unless another one is taught by now; it may have been changed meanwhile. */
  private noteKept(of: TeachingState, kept: Partial<Pick<TeachingState, 'key' | 'saved'>>): void {
    const { state } = this.teaching;
    if (state?.features !== of.features) return;
    this.teaching.change(kept);
    this.teaching.put(state.lesson);
  }

  private async list(): Promise<void> {
    this.host.keptLessons = await this.stored((storage) => storage.list());
  }

  private async loaded(key: string): Promise<PackedLesson> {
    const packed = await this.host.storage.load(key).catch((cause: unknown) => {
      throw new InspectorError({ code: 'storage-full', reason: 'lesson-not-read' }, { cause });
    });
    if (!packed) throw new InspectorError({ code: 'storage-full', reason: 'lesson-gone' });
    return packed;
  }

  /** @throws {InspectorError} 'storage-full', with the reason */
  private async stored<T>(work: (storage: LessonHost['storage']) => Promise<T>): Promise<T> {
    try {
      return await work(this.host.storage);
    } catch (cause) {
      const isFull = cause instanceof DOMException && cause.name === 'QuotaExceededError';
      const reason = isFull ? 'no-space-for-lesson' : 'lesson-not-stored';
      throw new InspectorError({ code: 'storage-full', reason }, { cause });
    }
  }
}

async function learntFrom({
  model,
  isOutdated: _,
  ...rest
}: NonNullable<PackedLesson['learnt']>): Promise<Omit<Learnt, 'lesson'>> {
  const bytes = await model.arrayBuffer();
  const name = model instanceof File ? model.name : '';
  const file = new File([bytes], name);
  return { kind: 'learnt', ...rest, model: file, hash: await sha256(bytes), lines: linesOf(bytes) };
}

/** Distinct on this device. */
function newKey(): string {
  const [random] = crypto.getRandomValues(new Uint32Array(1));
  return `${Date.now().toString(36)}-${random!.toString(36)}`;
}
