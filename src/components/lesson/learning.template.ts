/** How far learning has come, what it can do then, or why it could not be done. */
import { html, nothing, type TemplateResult } from 'lit';
import { toReason } from '../../core/errors.js';
import { lessonDoubts } from '../../messages/lesson-text.js';
import { text } from '../../messages/lesson-panel-text.js';
import { errors } from '../../messages/error-text.js';
import { say } from '../../messages/message.js';
import { learntOf, type Learning, type Learnt, type TeachingState } from '../../workbench/lessons/state.js';
import { icons } from '../shared/icons.js';
import type { SendCommand } from '../shared/send-command.js';

export function renderLearning(
  { learning, isOutdated }: Pick<TeachingState, 'learning' | 'isOutdated'>,
  send: SendCommand,
): TemplateResult {
  const learnt = learntOf(learning);
  const isFormer = isOutdated || learning.kind !== 'learnt';
  return html`
    ${learning.kind === 'learning' ? renderProgress(learning.progress, send) : nothing}
    ${
      learning.kind === 'failed'
        ? html`<p class="notice error" role="alert">
            ${icons.alert}<span>${say(errors, toReason(learning.error))}</span>
          </p>`
        : nothing
    }
    ${learnt ? renderLearnt(learnt, isFormer) : nothing}
  `;
}

function renderProgress(
  { phase, done, total, timeLeft }: (Learning & { readonly kind: 'learning' })['progress'],
  send: SendCommand,
): TemplateResult {
  const label = text.progress({ phase: text.phases[phase], done, total, timeLeft });
  return html`<div class="learning">
    <span class="number">${label}</span>
    <button type="button" class="cancel" @click=${() => send('lesson.cancel')}>${text.cancel}</button>
    <progress aria-label=${text.phases[phase]} max=${Math.max(1, total)} .value=${done}></progress>
  </div>`;
}

function renderLearnt(
  { figures, falseAlarmShare, doubts, seconds }: Learnt,
  isFormer: boolean,
): TemplateResult {
  const isTested = figures.marked !== 1;
  return html`<section class="figures" aria-labelledby="figures">
    <h3 id="figures">${text.figures}</h3>
    ${isFormer ? html`<p class="quiet">${text.outdated}</p>` : nothing}
    ${isTested ? html`<p class="number"><b>${text.outcome(figures)}</b> ${text.unseen}</p>` : html`<p>${text.untestedMarks}</p>`}
    ${falseAlarmShare === undefined ? nothing : html`<p class="number">${text.atMost({ share: falseAlarmShare, good: figures.good })}</p>`}
    ${
      doubts.length > 0
        ? html`<div class="notice">
            ${icons.info}
            <ul aria-label=${text.doubts}>
              ${doubts.map((doubt) => html`<li>${say(lessonDoubts, doubt)}</li>`)}
            </ul>
          </div>`
        : nothing
    }
    <p class="quiet number">${text.seconds({ seconds })}</p>
  </section>`;
}
