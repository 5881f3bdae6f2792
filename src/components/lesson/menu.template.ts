/** What can be done with a lesson as a whole. */
import { html, nothing, type TemplateResult } from 'lit';
import { text } from '../../messages/lesson-panel-text.js';
import { canExportModel, canKeep } from '../../workbench/lessons/next-step.js';
import { KEEPINGS, type KeptLesson, type TeachingState } from '../../workbench/lessons/state.js';
import { icons } from '../shared/icons.js';
import '../menu/menu.js';
import type { SendCommand } from '../shared/send-command.js';

export function renderMenu(
  teaching: TeachingState,
  kept: readonly KeptLesson[] | undefined,
  send: SendCommand,
): TemplateResult {
  const { key, lesson } = teaching;
  const isEmpty = lesson.photos.size === 0;
  const item = (label: string, act: () => void, isEnabled = true, why = '') =>
    html`<button
      type="button"
      class="plain"
      data-close
      title=${isEnabled ? '' : why}
      ?disabled=${!isEnabled}
      @click=${act}
    >
      ${label}
    </button>`;
  return html`<defect-menu label=${text.menu}>
    <span slot="label" class="hidden-text">${text.menu}</span>
    <span slot="label">${icons.more}</span>
    <div class="items" role="group" aria-label=${text.save}>
      <h3>${text.save}</h3>
      ${KEEPINGS.map(
        (keep) =>
          html`<button
            type="button"
            class="plain about"
            data-close
            ?disabled=${!canKeep(teaching, keep)}
            @click=${() => send('lesson.save', { keep })}
          >
            <span>${text.keepings[keep]}</span>
            <small
              >${text.aboutKeepings[keep]}
              ${keep !== 'photos' && !canKeep(teaching, keep) ? text.learnFirst : renderSize(teaching, keep)}</small
            >
          </button>`,
      )}
    </div>
    <div class="items" role="group" aria-label=${text.exports}>
      <h3>${text.exports}</h3>
      ${item(text.exportLesson, () => send('lesson.export'), !isEmpty)}
      ${item(text.exportModel, () => send('lesson.export-model'), canExportModel(teaching), text.learnFirst)}
      ${item(text.exportCoco, () => send('lesson.export-coco'), !isEmpty)}
    </div>
    <div class="items" role="group" aria-label=${text.more}>
      <h3>${text.more}</h3>
      ${item(text.duplicate, () => key !== undefined && send('lesson.duplicate', { key }), key !== undefined, text.saveFirst)}
      ${item(text.remove, () => key !== undefined && send('lesson.delete', { key }), key !== undefined, text.saveFirst)}
      ${item(text.close, () => send('lesson.close'))}
    </div>
    ${renderOthers(key, kept, send)}
  </defect-menu>`;
}

function renderSize({ sizes }: TeachingState, keep: (typeof KEEPINGS)[number]): string {
  return sizes ? text.size(sizes[keep]) : '';
}

function renderOthers(
  key: string | undefined,
  kept: readonly KeptLesson[] | undefined,
  send: SendCommand,
): TemplateResult {
  const others = (kept ?? []).filter((one) => one.key !== key);
  return html`<div class="items" role="group" aria-label=${text.others}>
    <h3>${text.others}</h3>
    ${others.map(
      (one) =>
        html`<button
          type="button"
          class="plain about"
          data-close
          @click=${() => send('lesson.open', { key: one.key })}
        >
          <span><span class="hidden-text">${text.open} </span><bdi>${one.name}</bdi></span>
          <small class="number">${text.kept(one)}</small>
        </button>`,
    )}
    ${others.length === 0 && kept ? html`<p>${text.noOthers}</p>` : nothing}
    <button type="button" class="plain" data-close @click=${() => send('lesson.start')}>
      ${text.newLesson}
    </button>
  </div>`;
}
