import { say } from '../../messages/message.js';
import { workbench } from '../../messages/en/workbench.js';
import type { PlainCommand } from '../commands/commands.js';
import type { Edit } from '../history.js';
import type { LibraryView } from '../models/model-library.js';
import type { ModelState } from '../models/model-state.js';
import { fileSize, plural } from './sentences.js';

export interface BannerButton {
  readonly text: string;
  readonly command: PlainCommand;
}

/** What stands above everything else. */
export interface Banner {
  readonly isError: boolean;
  readonly text: string;
  readonly buttons: readonly BannerButton[];
  /** How it is closed, and what it is about. An error stays. */
  readonly close?: { readonly text: string; readonly subject: object };
}

/**
 * At most one: what is most urgent.
 * @param dismissed what banners were closed about
 * @param outdated photos that another model than the one in use has inspected
 */
export function chooseBanner(
  model: ModelState,
  library: LibraryView,
  removal: Edit | undefined,
  dismissed: ReadonlySet<object>,
  outdated: number,
): Banner | undefined {
  if (model.kind === 'failed') return failure(model.error.message, library);
  const notices = [
    library.error && notice(library.error.message, library.error),
    removal?.notice &&
      notice(say(workbench, removal.notice), removal, { text: workbench.undo, command: 'edit.undo' }),
    ...(model.kind === 'ready' ? modelNotices(model, library, outdated) : []),
  ];
  return notices.find((one) => one?.close && !dismissed.has(one.close.subject));
}

function failure(text: string, { choice }: LibraryView): Banner {
  const retry: BannerButton = { text: 'Try again', command: 'model.retry' };
  const shipped: BannerButton = { text: 'Use the shipped model', command: 'model.use-shipped' };
  return { isError: true, text, buttons: choice && choice.kind !== 'shipped' ? [retry, shipped] : [retry] };
}

function modelNotices(
  { detector, fallback }: ModelState & { kind: 'ready' },
  { choice, canRemember }: LibraryView,
  outdated: number,
): (Banner | undefined)[] {
  const { name } = detector.model;
  // What else could be said is about a model that isn't in use.
  if (fallback) {
    const text = `${fallback.message} Instead, ${name} is in use.`;
    return [notice(text, fallback, { text: 'Try again', command: 'model.retry' })];
  }
  return [
    choice?.kind === 'visit' && canRemember
      ? notice(
          `${choice.model.name} is in use until this page is closed. Remember it on this device (${fileSize(choice.model.file.size)})?`,
          choice.model.file,
          { text: 'Remember it', command: 'model.remember' },
          'Not now',
        )
      : undefined,
    outdated > 0
      ? notice(
          `${plural(outdated, 'photo')} ${outdated === 1 ? 'was' : 'were'} inspected by another model than ${name}.`,
          detector,
          { text: 'Inspect again', command: 'photos.update' },
        )
      : undefined,
  ];
}

const notice = (text: string, subject: object, button?: BannerButton, close = 'Close'): Banner => ({
  isError: false,
  text,
  buttons: button ? [button] : [],
  close: { text: close, subject },
});
