/** The card that leads through the walk-through: one step at a time, each done by doing. */
import { html, nothing, type TemplateResult } from 'lit';
import { text } from '../../messages/lesson-panel-text.js';
import type { PlainCommand } from '../../workbench/commands/commands.js';
import type { TeachingState } from '../../workbench/lessons/state.js';
import { isMarked, type WalkState } from '../../workbench/lessons/walk-steps.js';
import { icons } from '../shared/icons.js';
import type { SendCommand } from '../shared/send-command.js';

/** @param sentence what is to be done now */
export function renderWalk(
  walk: WalkState,
  { lesson, learning }: TeachingState,
  sentence: string,
  send: SendCommand,
): TemplateResult {
  const { steps, at } = walk;
  const { kind } = steps[at]!;
  // Nothing can be done while it learns, or looks at photos.
  const isWaiting =
    learning.kind === 'learning' || kind === 'look' || (kind === 'correct' && walk.unsure === undefined);
  const isOver = kind === 'correct' && walk.unsure === undefined && walk.isInspected;
  // The last one says that all are done.
  const count = steps.length - 1;
  const isLast = at === count;
  const button = (label: string, kind: string, command: PlainCommand) =>
    html`<button type="button" class=${kind} @click=${() => send(command)}>${label}</button>`;
  return html`<div class="walk" role="group" aria-label=${text.walk} aria-describedby="sentence">
    <div class="head">
      <b>${text.walk}</b>
      <span class="number">${!isLast ? text.walkStep({ step: at + 1, steps: count }) : nothing}</span>
      <button
        type="button"
        class="plain icon"
        title=${text.leave}
        aria-label=${text.leave}
        @click=${() => send('walk.leave')}
      >
        ${icons.close}
      </button>
    </div>
    <p class="sentence" id="sentence" role="status">${sentence}</p>
    <div class="buttons">
      ${
        isLast
          ? button(text.ownPart, 'primary', 'walk.own-part')
          : isMarked(walk, lesson) || isOver
            ? button(text.goOn, 'primary', 'walk.skip')
            : [
                isWaiting
                  ? nothing
                  : button(text.showMe, kind === 'mark-more' ? 'primary' : '', 'walk.show-me'),
                button(text.skip, 'plain', 'walk.skip'),
              ]
      }
    </div>
  </div>`;
}
