/** The three steps of a lesson, which tick themselves off. */
import { html, nothing, type TemplateResult } from 'lit';
import { ENOUGH } from '../../core/teach/enough.js';
import { text } from '../../messages/lesson-panel-text.js';
import { canLearn } from '../../workbench/lessons/next-step.js';
import { countTaught, learntOf, type TeachingState } from '../../workbench/lessons/state.js';
import { icons } from '../shared/icons.js';
import type { SendCommand } from '../shared/send-command.js';

export function renderPath(teaching: TeachingState, send: SendCommand): TemplateResult {
  const { good, marked } = countTaught(teaching.lesson);
  const isLearnt = teaching.learning.kind === 'learnt' && !teaching.isOutdated;
  return html`<ol class="path" aria-label=${text.steps}>
    ${renderCount(text.goodPhotos, good, ENOUGH.good)}
    ${renderCount(text.markedPhotos, marked, ENOUGH.marked)}
    <li class=${isLearnt ? 'done' : ''}>${renderLearn(teaching, isLearnt, send)}</li>
  </ol>`;
}

function renderCount(label: string, photos: number, wanted: number): TemplateResult {
  const isDone = photos >= wanted;
  return html`<li class=${isDone ? 'done' : ''} .style=${`--share: ${Math.min(1, photos / wanted)}`}>
    <span class="label">${label}</span>
    <b class="number">${isDone ? renderTick() : nothing}${text.counted({ photos, wanted })}</b>
  </li>`;
}

const renderTick = (): TemplateResult =>
  html`<span class="tick">${icons.check}<span class="hidden-text">${text.done}</span></span>`;

/** It stays where it is while it can't be pressed, and keeps the focus. */
function renderLearn(teaching: TeachingState, isLearnt: boolean, send: SendCommand): TemplateResult {
  const { learning } = teaching;
  const isAgain = learntOf(learning) !== undefined;
  const canNow = canLearn(teaching);
  return html`<button
    type="button"
    class=${isLearnt ? 'learn' : 'learn primary'}
    aria-disabled=${!canNow}
    @click=${() => canNow && send('lesson.learn')}
  >
    ${isAgain ? text.learnAgain : text.learn}
  </button>`;
}
