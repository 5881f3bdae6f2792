import { html, type TemplateResult } from 'lit';
import { text } from '../../messages/evaluation-text.js';
import type { Reading } from '../../workbench/evaluation/state.js';
import type { SendCommand } from '../shared/send-command.js';

/** How far reading a folder or ZIP is, and the way to stop it. */
export function renderReading(reading: Reading, send: SendCommand): TemplateResult {
  return html`<p class="number">${text.intake.reading(reading)}</p>
    <progress
      aria-label=${text.intake.readingBar}
      max=${Math.max(1, reading.total)}
      .value=${reading.done}
    ></progress>
    <button type="button" @click=${() => send('evaluation.stop-reading')}>
      ${text.intake.stopReading}
    </button>`;
}
