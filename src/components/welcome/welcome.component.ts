import { html, LitElement, type TemplateResult } from 'lit';
import { text } from '../../messages/text.js';
import { controls } from '../shared/controls.styles.js';
import { sendCommand } from '../shared/send-command.js';
import { styles } from './welcome.styles.js';

const texts = text.welcome;

/**
 * @summary The first screen: what this is, a place to drop photos, and samples.
 *
 * @slot samples - Buttons that start an inspection of a sample picture.
 *
 * @event defect-command - `photos.choose`: the file dialog is asked for.
 */
export class DefectWelcome extends LitElement {
  static override styles = [controls, styles];

  static override properties = { hasSamples: { state: true } };

  declare private hasSamples: boolean;

  constructor() {
    super();
    this.hasSamples = false;
  }

  /** Gives the focus to the button that photos are chosen with. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector('button')?.focus(options);
  }

  override render(): TemplateResult {
    return html`<div class="welcome">
      <div>
        <h1>${texts.title}</h1>
        <p>${texts.promise}</p>
      </div>
      <div class="drop" @click=${this.choose}>
        <button type="button" class="primary">${texts.choose}</button>
        <span class="how">
          <span class="pointer">${texts.orDrop}</span>
          <span class="pointer">${texts.orPaste}</span>
          <span class="camera">${texts.orCamera}</span>
        </span>
      </div>
      <section class="samples" ?hidden=${!this.hasSamples} aria-labelledby="samples">
        <h2 id="samples">${texts.samples} <small>${texts.aboutSamples}</small></h2>
        <div class="grid"><slot name="samples" @slotchange=${this.onSlotChange}></slot></div>
      </section>
    </div>`;
  }

  private onSlotChange(event: Event): void {
    this.hasSamples = (event.target as HTMLSlotElement).assignedElements({ flatten: true }).length > 0;
  }

  private choose(): void {
    sendCommand(this, 'photos.choose');
  }
}
