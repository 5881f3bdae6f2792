import { html, type TemplateResult } from 'lit';
import { text } from '../../messages/evaluation-text.js';
import type { Reading } from '../../workbench/evaluation/state.js';

/** How far reading a folder or ZIP is. */
export function renderReading(reading: Reading): TemplateResult {
  return html`<p class="number" role="status">${text.intake.reading(reading)}</p>
    <progress
      aria-label=${text.intake.readingBar}
      max=${Math.max(1, reading.total)}
      .value=${reading.done}
    ></progress>`;
}
