import { MAX_NAME } from '../../core/limits.js';
import { RegionColumns } from '../../core/regions/region-sets.js';
import type { Region } from '../../core/types.js';
import { modelNames } from '../../messages/model-names.js';
import { canExportModel, canLearn } from '../lessons/next-step.js';
import type { LessonKeeper } from '../lessons/keeper.js';
import {
  addClass,
  addMark,
  callGood,
  changeClass,
  changeMark,
  classNamed,
  erase,
  forgetPhotos,
  marksOf,
  newLesson,
  removeClass,
  removeMark,
  type Lesson,
} from '../lessons/lesson.js';
import {
  KEEPINGS,
  learntOf,
  LESSON_TOOLS,
  MAX_BRUSH,
  MIN_BRUSH,
  type TeachingState,
} from '../lessons/state.js';
import type { Bench, Command, CommandTable } from './command.js';
import type { CommandId, Commands } from './commands.js';
import { photosMeant, showPhoto } from './photos.js';
import { takeLeft } from './left-lesson.js';

type LessonCommand = Extract<CommandId, `lesson.${string}`>;

export const lessonCommands: CommandTable<LessonCommand> = {
  'lesson.start': {
    run: ({ teaching }, one) => teaching.open(newLesson(nameOr(one?.name, modelNames.lesson))),
    isEnabled: ({ ports }) => ports.offersTeaching(),
  },
  'lesson.close': lesson({ run: ({ teaching }) => teaching.close() }),
  'lesson.back': {
    run: takeLeft,
    isEnabled: ({ ports, store }) => ports.offersTeaching() && store.state.left !== undefined,
  },
  'lesson.rename': {
    run: (bench, { name, key }) => {
      const { teaching } = bench;
      const isOpen = key === undefined || key === teaching.state?.key;
      const former = isOpen ? teaching.state?.lesson.name : keptLesson(bench, key)?.name;
      const rename = (to: string) => {
        if (key !== undefined) withKeeper(bench, (keeper) => keeper.rename(key, to));
      };
      const again = { undo: () => rename(former ?? name), redo: () => rename(name.trim()) };
      if (isOpen) teaching.edit((one) => ({ ...one, name: name.trim() }), { also: again });
      else bench.note(again);
      rename(name.trim());
    },
    isEnabled: (bench, { name, key }) => {
      const former = key === undefined ? bench.teaching.state?.lesson.name : keptLesson(bench, key)?.name;
      return former !== undefined && isName(name) && name.trim() !== former;
    },
  },

  'lesson.add-class': lesson({
    run: ({ teaching }, { name }) => {
      teaching.edit((one) => addClass(one, name.trim()));
      teaching.change({ classId: teaching.state?.lesson.classes.at(-1)?.id });
    },
    isEnabled: (_, { lesson }, { name }) => isFreeName(lesson, name),
  }),
  'lesson.change-class': lesson({
    run: ({ teaching }, { id, name, color }) =>
      teaching.edit(
        (one) =>
          changeClass(one, id, {
            ...(name !== undefined && { name: name.trim() }),
            ...(color !== undefined && { color }),
          }),
        // A colour is chosen by dragging.
        { ...(name === undefined && { subject: `lesson.class ${id}` }) },
      ),
    isEnabled: (_, { lesson }, { id, name, color }) =>
      hasClass(lesson, id) &&
      (name !== undefined || color !== undefined) &&
      (name === undefined || isFreeName(lesson, name, id)) &&
      (color === undefined || /^#[\da-f]{6}$/i.test(color)),
  }),
  'lesson.remove-class': lesson({
    run: ({ teaching }, { id }) => {
      const name = teaching.state?.lesson.classes.find((one) => one.id === id)?.name ?? '';
      teaching.edit((one) => removeClass(one, id), {
        notice: { reason: 'lesson-class-removed', params: { name } },
      });
    },
    isEnabled: (_, { lesson }, { id }) => hasClass(lesson, id),
  }),
  'lesson.choose-class': lesson({
    run: ({ teaching }, { id }) => teaching.change({ classId: id }),
    isEnabled: (_, { lesson }, { id }) => hasClass(lesson, id),
  }),
  'lesson.class-number': lesson({
    run: (bench, { number }) => {
      const one = bench.teaching.state?.lesson.classes[number - 1];
      if (!one) return;
      bench.teaching.change({ classId: one.id });
      bench.store.update({ announcement: { reason: 'lesson-class-chosen', params: { name: one.name } } });
    },
    isEnabled: (_, { lesson }, { number }) => lesson.classes[number - 1] !== undefined,
  }),
  'lesson.tool': lesson({
    run: ({ store, teaching }, { tool }) => {
      // One thing is drawn at a time.
      store.update({ drawing: undefined });
      teaching.change({ tool });
    },
    isEnabled: (_, __, { tool }) => LESSON_TOOLS.includes(tool),
  }),
  'lesson.brush': lesson({
    run: ({ teaching }, { radius }) =>
      teaching.change({ brush: Math.min(MAX_BRUSH, Math.max(MIN_BRUSH, radius)) }),
    isEnabled: (_, __, { radius }) => Number.isFinite(radius),
  }),

  'lesson.mark': onPhoto({
    run: (bench, { region }, photo) => {
      const { teaching } = bench;
      teaching.edit(
        (one) => {
          const { lesson, classId } = withClass(one, teaching.state?.classId);
          return addMark(lesson, photo, classId, region);
        },
        { photo },
      );
      tellMarks(bench, photo);
    },
    isEnabled: (_, __, { region }) => isRegion(region),
  }),
  'lesson.erase': onPhoto({
    run: (bench, { region }, photo) => {
      bench.teaching.edit((one) => erase(one, photo, region), { photo });
      tellMarks(bench, photo);
    },
    isEnabled: (_, { lesson }, { region }, photo) => marksOf(lesson, photo).length > 0 && isRegion(region),
  }),
  'lesson.remove-mark': onPhoto({
    run: (bench, { id }, photo) => {
      bench.teaching.edit((one) => removeMark(one, photo, id), { photo });
      tellMarks(bench, photo);
    },
    isEnabled: (_, { lesson }, { id }, photo) => hasMark(lesson, photo, id),
  }),
  'lesson.change-mark': onPhoto({
    run: (bench, { id, classId }, photo) =>
      bench.teaching.edit((one) => changeMark(one, photo, id, classId), { photo }),
    isEnabled: (_, { lesson }, { id, classId }, photo) =>
      hasMark(lesson, photo, id) && hasClass(lesson, classId),
  }),
  'lesson.good': lesson({
    run: (bench, one) => {
      const { teaching, store } = bench;
      const ids = photosOf(bench, one);
      const areGood = ids.every((id) => teaching.state?.lesson.photos.get(id)?.isGood);
      teaching.edit((lesson) => callGood(lesson, ids, !areGood), {
        ...(ids.length === 1 && { photo: ids[0]! }),
      });
      const params = { photos: ids.length, isGood: !areGood };
      store.update({ announcement: { reason: 'lesson-good', params } });
    },
    isEnabled: (bench, _, one) => {
      const ids = photosOf(bench, one);
      return ids.length > 0 && ids.every((id) => bench.photos.get(id) !== undefined);
    },
  }),
  'lesson.accept': onPhoto({
    run: (bench, one, photo) => {
      const { teaching } = bench;
      const found = proposal(bench, photo, one?.detection);
      if (!found) return;
      teaching.edit(
        (one) => {
          const isNamed = found.className !== modelNames.unlikeGood;
          const { lesson, classId } = isNamed
            ? withNamed(one, found.className)
            : withClass(one, teaching.state?.classId);
          return addMark(lesson, photo, classId, found.mask);
        },
        { photo },
      );
      tellMarks(bench, photo);
    },
    isEnabled: (bench, _, one, photo) => proposal(bench, photo, one?.detection) !== undefined,
  }),

  'lesson.learn': lesson({
    run: (bench) => {
      const { state } = bench.teaching;
      if (state) bench.watch(bench.teaching.load().then((session) => session.learn(state)));
    },
    isEnabled: ({ ports }, state) => ports.teacher() !== undefined && canLearn(state),
  }),
  'lesson.cancel': lesson({
    run: ({ teaching }) => teaching.session?.cancel(),
    isEnabled: (_, { learning }) => learning.kind === 'learning',
  }),
  'lesson.show-next': lesson({
    run: ({ store, teaching }, { index }) => {
      const place = teaching.state?.next[index];
      if (!place) return;
      if (store.state.currentId !== place.photo) showPhoto(store, place.photo);
      // Asked for again, it is brought to the middle again.
      teaching.change({ place: { ...place } });
    },
    isEnabled: (_, { next }, { index }) => next[index] !== undefined,
  }),
  'lesson.save': lesson({
    run: (bench, { keep }) => withLesson(bench, (keeper, state) => keeper.save(state, keep)),
    isEnabled: (_, { lesson }, { keep }) => lesson.photos.size > 0 && KEEPINGS.includes(keep),
  }),
  'lesson.keep-both': lesson({
    run: (bench) =>
      withLesson(bench, (keeper, state) => keeper.saveCopy(state, state.newer?.keeping ?? 'photos')),
    isEnabled: (_, { newer }) => newer?.keeping !== undefined,
  }),
  'lesson.replace': lesson({
    run: (bench) =>
      withLesson(bench, (keeper, state) =>
        keeper.save(state, state.newer?.keeping ?? 'photos', state.newer?.kept),
      ),
    isEnabled: (_, { newer }) => newer?.keeping !== undefined,
  }),
  'lesson.open-newer': lesson({
    run: (bench) => withLesson(bench, async (keeper, { newer }) => newer && keeper.open(newer.kept.key)),
    isEnabled: (_, { newer }) => newer !== undefined,
  }),
  'lesson.use': lesson({
    run: ({ teaching }) => teaching.use(),
    isEnabled: ({ teaching }, { learning }) => learntOf(learning) !== undefined && !teaching.isInUse,
  }),
  'lesson.open': ofKept((keeper, { key }) => keeper.open(key)),
  'lesson.duplicate': ofKept((keeper, { key }) => keeper.duplicate(key)),
  'lesson.delete': ofKept((keeper, { key }) => keeper.delete(key)),
  'lesson.forget': lesson({
    run: ({ teaching }, { id }) => teaching.edit((one) => forgetPhotos(one, (photo) => photo !== id)),
    isEnabled: (_, { lesson }, { id }) => lesson.photos.has(id),
  }),
  'lesson.export': lesson({
    run: (bench) => withLesson(bench, (keeper, state) => keeper.export(state)),
    isEnabled: (_, { lesson }) => lesson.photos.size > 0,
  }),
  'lesson.export-model': lesson({
    run: (bench) => withLesson(bench, (keeper, state) => keeper.exportModel(state)),
    isEnabled: (_, state) => canExportModel(state),
  }),
  'lesson.export-coco': lesson({
    run: (bench) => withLesson(bench, (keeper, state) => keeper.exportCoco(state)),
    isEnabled: ({ photos }, { lesson }) => [...lesson.photos.keys()].some((id) => photos.get(id)),
  }),
};

const keptLesson = ({ store }: Bench, key: string) => store.state.keptLessons?.find((one) => one.key === key);

function withKeeper(bench: Bench, work: (keeper: LessonKeeper) => unknown): void {
  bench.watch(bench.teaching.load().then(async (session) => work(session.keeper)));
}

/** Does something with the lesson that is taught now, whatever is taught when its code is loaded. */
function withLesson(bench: Bench, work: (keeper: LessonKeeper, state: TeachingState) => unknown): void {
  const { state } = bench.teaching;
  if (state) withKeeper(bench, (keeper) => work(keeper, state));
}

/** A command of a lesson that is kept on this device. */
function ofKept<Args extends { readonly key: string }>(
  work: (keeper: LessonKeeper, args: Args) => Promise<void>,
): Command<Args> {
  return {
    run: (bench, args) => withKeeper(bench, (keeper) => work(keeper, args)),
    isEnabled: (bench, { key }) => bench.ports.offersTeaching() && keptLesson(bench, key) !== undefined,
  };
}

/** A command of a lesson, which does nothing while nobody teaches. */
function lesson<Args>({
  run,
  isEnabled,
}: {
  run(bench: Bench, args: Args): void;
  isEnabled?(bench: Bench, state: TeachingState, args: Args): boolean;
}): Command<Args> {
  return {
    run,
    isEnabled: (bench, args) => {
      const { state } = bench.teaching;
      return state !== undefined && (isEnabled?.(bench, state, args) ?? true);
    },
  };
}

/** One of a photo of the list: the one that is shown, where none is named. */
function onPhoto<Args extends { readonly photo?: number | undefined } | undefined>({
  run,
  isEnabled,
}: {
  run(bench: Bench, args: Args, photo: number): void;
  isEnabled(bench: Bench, state: TeachingState, args: Args, photo: number): boolean;
}): Command<Args> {
  const photoOf = ({ store }: Bench, args: Args) => args?.photo ?? store.state.currentId;
  return {
    run: (bench, args) => {
      const photo = photoOf(bench, args);
      if (photo !== undefined) run(bench, args, photo);
    },
    isEnabled: (bench, args) => {
      const photo = photoOf(bench, args);
      const { state } = bench.teaching;
      if (!state || photo === undefined || !bench.photos.get(photo)) return false;
      return isEnabled(bench, state, args, photo);
    },
  };
}

/** Longer ones are refused where a lesson or a model is read. */
const isName = (name: unknown): name is string =>
  typeof name === 'string' && name.trim() !== '' && name.trim().length <= MAX_NAME;
const nameOr = (name: unknown, usual: string): string => (isName(name) ? name.trim() : usual);
const hasClass = ({ classes }: Lesson, id: number) => classes.some((one) => one.id === id);
const hasMark = (lesson: Lesson, photo: number, id: number) =>
  marksOf(lesson, photo).some((mark) => mark.id === id);

/** Two classes of one name could not be told apart in a table. @param id of the class that has that name, if one may */
const isFreeName = ({ classes }: Lesson, name: unknown, id?: number): boolean =>
  isName(name) && !classNamed(classes, name, id);

/** With a class to mark with, where there is none yet. */
function withClass(lesson: Lesson, classId: number | undefined): { lesson: Lesson; classId: number } {
  const known = lesson.classes.find(({ id }) => id === classId) ?? lesson.classes[0];
  return known ? { lesson, classId: known.id } : withNamed(lesson, modelNames.defect);
}

/** With a class of that name, made if it is missing. */
function withNamed(lesson: Lesson, name: string): { lesson: Lesson; classId: number } {
  const known = classNamed(lesson.classes, name);
  return known
    ? { lesson, classId: known.id }
    : { lesson: addClass(lesson, name), classId: lesson.nextClassId };
}

/** Programs may give anything. */
function isRegion(region: Region): boolean {
  try {
    return new RegionColumns(region).area > 0;
  } catch {
    return false;
  }
}

const proposal = ({ photos, derived }: Bench, photo: number, detection = derived.selected?.id) => {
  const entry = photos.get(photo);
  return (entry?.partial ?? entry?.output)?.detections.find(({ id }) => id === detection);
};

const photosOf = (bench: Bench, one: Commands['lesson.good']): readonly number[] =>
  one?.ids ?? photosMeant(bench);

function tellMarks({ store, teaching }: Bench, photo: number): void {
  const marks = teaching.state ? marksOf(teaching.state.lesson, photo).length : 0;
  store.update({ announcement: { reason: 'lesson-marks', params: { marks } } });
}
