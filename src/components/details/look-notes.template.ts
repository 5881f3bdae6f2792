/** What there is to say about how the photo was looked at, and what can be done about it. */
import { html, nothing, type TemplateResult } from 'lit';
import { isInPart } from '../../core/in-part.js';
import type { Inspection } from '../../core/types.js';
import { text } from '../../messages/text.js';
import type { PlainCommand } from '../../workbench/commands/commands.js';
import type { SendCommand } from '../shared/send-command.js';

const texts = text.details;

export interface LookState {
  /** Whether there is only what was found so far. */
  readonly isRunning: boolean;
  /** Whether the photo was looked at in another way than it would be now. */
  readonly isOtherwise: boolean;
}

export function renderLookNotes(
  input: Inspection['input'],
  { isRunning, isOtherwise }: LookState,
  send: SendCommand,
): TemplateResult | typeof nothing {
  const note = (sentence: string, ...buttons: readonly (readonly [string, PlainCommand])[]) =>
    html`<p class="note number">
      ${sentence}
      ${buttons.map(
        ([label, command]) =>
          html` <button class="link" type="button" @click=${() => send(command)}>${label}</button>`,
      )}
    </p>`;
  const inPart = isInPart({ input });
  if (isRunning) return inPart ? note(texts.soFar(input)) : nothing;
  const again = [texts.inspectAgain, 'photo.retry'] as const;
  const area = [texts.inspectArea, 'area.draw'] as const;
  const seen = inPart ? (isOtherwise ? texts.inPartOtherwise : texts.inPart)(input) : undefined;
  const sentence = seen ?? (isOtherwise ? texts.otherwise : undefined);
  return html`${sentence === undefined ? nothing : note(sentence, again)}
  ${input.limitedBy === 'time' ? note(texts.limitedBy.time, [texts.inspectTiles, 'photo.thorough'], area) : nothing}
  ${
    input.limitedBy === 'memory' || input.limitedBy === 'failure'
      ? note(texts.limitedBy[input.limitedBy], ...(inPart ? [] : [again]), area)
      : nothing
  }
  ${input.limitedBy === 'views' ? note(texts.limitedBy.views, area) : nothing}`;
}
