import { toReason, type ErrorCode, type InspectorError } from '../../core/errors.js';
import type { Notice, NoticeButton, NotUnderstood } from '../../messages/text.js';
import type { PlainCommand } from '../commands/commands.js';
import type { Edit, Offer } from '../history.js';
import { NOT_STORED } from '../lessons/not-stored.js';
import type { TeachingState } from '../lessons/state.js';
import type { LookingState } from '../intake/looking.js';
import type { LibraryView, VisitModel } from '../models/model-library.js';
import type { ModelState } from '../models/model-state.js';

export interface BannerButton {
  readonly text: NoticeButton;
  readonly command: PlainCommand;
}

/** What stands above everything else. */
export interface Banner {
  readonly isError: boolean;
  readonly notice: Notice;
  readonly buttons: readonly BannerButton[];
  /** The button that closes it, and the object that stands for it once it is closed. Errors can't be closed. */
  readonly close?: { readonly text: NoticeButton; readonly subject: object };
  /** Milliseconds after which it goes by itself, unless somebody is at it. Absent: it stays until it is closed. */
  readonly lasts?: number;
}

/** What there is to say of the lesson that is taught. */
export type LessonNews = Pick<TeachingState, 'newer' | 'unused'>;

/** How long the way back from a removal is offered; after that, the keys still lead back. */
const UNDO_LASTS = 10_000;

/** Notices at a time, beside that of a removal. */
const MOST = 2;

const RETRY: BannerButton = { text: 'retry', command: 'model.retry' };

/**
 * What was removed and can be brought back, whatever else there is to say, and of the other notices the most urgent ones: more would
 * leave a phone no room for the photo, and come when one of them is closed.
 * @param dismissed what banners were closed about
 * @param outdated photos that another model than the one in use has inspected
 * @param otherwise photos that were looked at in another way than they would be now
 * @param look how they are looked at now; a notice about that which was closed comes back with another one
 * @param troubles why what was asked for last came to nothing, the latest last
 * @param misread settings that were not understood
 * @param unread why what earlier visits have kept is not in use
 * @param lesson what there is to say of the one that is taught; then another model may come any moment, and whoever wants to keep this
 * one saves the lesson
 * @param left the lesson that was left without being saved
 * @param looking how far it is, where somebody looks through what was dropped
 */
export function chooseBanners(
  model: ModelState,
  library: LibraryView,
  removal: Edit | undefined,
  dismissed: ReadonlySet<object>,
  outdated: number,
  otherwise: number,
  look: object,
  troubles: readonly Error[] = [],
  misread: readonly NotUnderstood[] = [],
  unread?: Error,
  lesson?: LessonNews,
  left?: Offer,
  looking?: LookingState,
): readonly Banner[] {
  const removed = removal?.notice && {
    ...banner(removal.notice, removal, { text: 'undo', command: 'edit.undo' }),
    lasts: UNDO_LASTS,
  };
  const back = left && banner(left.notice, left, { text: 'undo', command: 'lesson.back' });
  const others = [
    looking && lookingBanner(looking),
    ...(lesson ? lessonBanners(lesson, model) : []),
    ...(model.kind === 'failed' ? [failure(model.error, library)] : []),
    ...troubles
      .toReversed()
      .map((trouble) => banner(errorNotice(trouble), trouble, lesson && wayOut(trouble))),
    ...misread.map((one) => banner({ reason: 'setting-not-understood', params: one }, one)),
    library.error && banner(errorNotice(library.error), library.error),
    ...(model.kind === 'ready' ? modelBanners(model, library, outdated, lesson !== undefined) : []),
    otherwise > 0 && model.kind !== 'failed' ? otherwiseBanner(otherwise, look) : undefined,
    unread && banner(errorNotice(unread), unread, { text: 'retry', command: 'storage.retry' }),
  ]
    .filter((one) => one !== undefined)
    .filter(({ close }) => !(close && dismissed.has(close.subject)));
  return [...(removed ? [removed] : []), ...(back ? [back] : []), ...others.slice(0, MOST)];
}

/** Of these, the shipped model has failed as well. */
const ABOUT_ALL_MODELS: readonly ErrorCode[] = ['assets-unavailable', 'no-webassembly', 'offline'];

function failure(error: InspectorError, { choice }: LibraryView): Banner {
  const shipped: BannerButton = { text: 'use-shipped', command: 'model.use-shipped' };
  const mayHelp = choice && choice.kind !== 'shipped' && !ABOUT_ALL_MODELS.includes(error.code);
  return { isError: true, notice: errorNotice(error), buttons: mayHelp ? [RETRY, shipped] : [RETRY] };
}

function modelBanners(
  { detector, fallback }: ModelState & { kind: 'ready' },
  { choice, canRemember }: LibraryView,
  outdated: number,
  isTeaching: boolean,
): (Banner | undefined)[] {
  const model = detector.model.name;
  // The other notices are about the chosen model, which isn't in use then.
  if (fallback) {
    const params = { error: toReason(fallback), model };
    return [banner({ reason: 'other-model-in-use', params }, fallback, RETRY)];
  }
  return [
    choice?.kind === 'visit' && canRemember && !isTeaching ? rememberBanner(choice.model) : undefined,
    outdated > 0
      ? banner({ reason: 'photos-outdated', params: { photos: outdated, model } }, detector, {
          text: 'inspect-again',
          command: 'photos.update',
        })
      : undefined,
  ];
}

/** What was to be stored and could not be is a file in one step. */
const wayOut = (trouble: Error): BannerButton | undefined =>
  NOT_STORED.some((reason) => reason === toReason(trouble).reason)
    ? { text: 'export-lesson', command: 'lesson.export' }
    : undefined;

function lessonBanners({ newer, unused }: LessonNews, model: ModelState): readonly Banner[] {
  const banners: Banner[] = [];
  if (newer) {
    const params = { name: newer.kept.name };
    const [notice, buttons]: [Notice, readonly BannerButton[]] =
      newer.keeping === undefined
        ? [
            { reason: 'lesson-changed-elsewhere', params },
            [{ text: 'open-newer', command: 'lesson.open-newer' }],
          ]
        : [
            { reason: 'lesson-newer-kept', params },
            [
              { text: 'keep-both', command: 'lesson.keep-both' },
              { text: 'replace', command: 'lesson.replace' },
            ],
          ];
    banners.push({ ...banner(notice, newer, undefined, 'not-now'), buttons });
  }
  if (unused && model.kind === 'ready') {
    const params = { ...unused, model: model.detector.model.name };
    banners.push(
      banner({ reason: 'lesson-not-in-use', params }, unused, { text: 'use-learnt', command: 'lesson.use' }),
    );
  }
  return banners;
}

const lookingBanner = (params: LookingState): Banner => ({
  isError: false,
  notice: { reason: 'looking-through', params },
  buttons: [{ text: 'stop', command: 'photos.stop-looking' }],
});

function otherwiseBanner(photos: number, look: object): Banner {
  const notice: Notice = { reason: 'photos-seen-otherwise', params: { photos } };
  return banner(notice, look, { text: 'inspect-again', command: 'photos.look-again' });
}

function rememberBanner({ name, file }: VisitModel): Banner {
  const notice: Notice = { reason: 'model-not-remembered', params: { model: name, bytes: file.size } };
  return banner(notice, file, { text: 'remember', command: 'model.remember' }, 'not-now');
}

const errorNotice = (error: Error): Notice => ({ reason: 'error', params: { error: toReason(error) } });

const banner = (
  notice: Notice,
  subject: object,
  button?: BannerButton,
  close: NoticeButton = 'close',
): Banner => ({
  isError: false,
  notice,
  buttons: button ? [button] : [],
  close: { text: close, subject },
});
