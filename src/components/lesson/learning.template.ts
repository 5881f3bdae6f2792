/** How far learning has come, what it can do then, or why it could not be done. */
import { html, nothing, type TemplateResult } from 'lit';
import { toReason, type InspectorError } from '../../core/errors.js';
import { lessonDoubts } from '../../messages/lesson-text.js';
import { text } from '../../messages/lesson-panel-text.js';
import { errors } from '../../messages/error-text.js';
import { say } from '../../messages/message.js';
import type { PhotoEntry } from '../../workbench/batch/photo-batch.js';
import { learntOf, type Learning, type Learnt, type TeachingState } from '../../workbench/lessons/state.js';
import { icons } from '../shared/icons.js';
import type { SendCommand } from '../shared/send-command.js';
import { renderAboutPhotos } from './about-photos.template.js';

export function renderLearning(
  { learning, isOutdated }: Pick<TeachingState, 'learning' | 'isOutdated'>,
  photos: readonly PhotoEntry[],
  send: SendCommand,
): TemplateResult {
  const learnt = learntOf(learning);
  const isFormer = isOutdated || learning.kind !== 'learnt';
  return html`
    ${learning.kind === 'learning' ? renderProgress(learning.progress, send) : nothing}
    ${
      learning.kind === 'failed'
        ? html`<p class="notice error" role="alert">
            ${icons.alert}<span>${renderError(learning.error, photos, send)}</span>
          </p>`
        : nothing
    }
    ${learnt ? renderLearnt(learnt, isFormer, photos, send) : nothing}
  `;
}

function renderError(
  error: InspectorError,
  photos: readonly PhotoEntry[],
  send: SendCommand,
): ReturnType<typeof renderAboutPhotos> {
  const why = toReason(error);
  return renderAboutPhotos(say(errors, why), why, photos, send);
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
  photos: readonly PhotoEntry[],
  send: SendCommand,
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
              ${doubts.map((doubt) => html`<li>${renderAboutPhotos(say(lessonDoubts, doubt), doubt, photos, send)}</li>`)}
            </ul>
          </div>`
        : nothing
    }
    <p class="quiet number">${text.seconds({ seconds })}</p>
  </section>`;
}
