/** Sentences in which photos of the list are named: each name leads to its photo. */
import { html, type TemplateResult } from 'lit';
import { text } from '../../messages/lesson-panel-text.js';
import type { PhotoEntry } from '../../workbench/batch/photo-batch.js';
import type { SendCommand } from '../shared/send-command.js';

/** A reason and its parameters, of which `name` and `other` may be those of photos. */
interface Said {
  readonly reason: string;
  readonly params?: object;
}

/** Of these, `name` is that of a class. */
const OF_CLASSES: ReadonlySet<string> = new Set(['class-without-marks', 'class-in-one-photo']);

export function renderAboutPhotos(
  sentence: string,
  { reason, params }: Said,
  photos: readonly PhotoEntry[],
  send: SendCommand,
): readonly (string | TemplateResult)[] {
  if (OF_CLASSES.has(reason)) return [sentence];
  const { name, other }: { readonly name?: unknown; readonly other?: unknown } = params ?? {};
  const named = photos.filter((entry) => entry.name === name || entry.name === other);
  return named.reduce<readonly (string | TemplateResult)[]>(
    (pieces, { id, name: of }): readonly (string | TemplateResult)[] => {
      const link: TemplateResult = html`<button
        type="button"
        class="link"
        aria-label=${text.showPhoto({ name: of })}
        @click=${() => send('photo.show', { id })}
      >
        ${of}
      </button>`;
      return pieces.flatMap<string | TemplateResult>((piece) =>
        typeof piece === 'string' ? between(piece, text.quoted({ name: of }), link) : [piece],
      );
    },
    [sentence],
  );
}

/** A text with something in place of each occurrence of a part of it. */
const between = <T>(whole: string, part: string, instead: T): readonly (string | T)[] =>
  whole.split(part).flatMap((piece, i) => (i > 0 ? [instead, piece] : [piece]));
