import { html, type TemplateResult } from 'lit';
import { text } from '../../messages/text.js';

const LEAST = 8;
const MOST = 16;
const CHOICES = Array.from({ length: MOST - LEAST + 1 }, (_, i) => LEAST + i);

/** What was taken for white on a photo with 16 bits a sample, to be changed. @param bits that were taken to count */
export function renderRange(bits: number, choose: (bits: number) => void): TemplateResult {
  return html`<p class="note">
    ${text.details.bits(bits)}
    <select
      aria-label=${text.details.bitsChoice}
      .value=${String(bits)}
      @change=${(event: Event) => choose(Number((event.target as HTMLSelectElement).value))}
    >
      ${CHOICES.map(
        (choice) =>
          html`<option value=${choice} ?selected=${choice === bits}>
            ${text.details.bitsOf16(choice)}
          </option>`,
      )}
    </select>
  </p>`;
}
