import { html, LitElement, type TemplateResult } from 'lit';
import { controls } from '../shared/controls.styles.js';
import { sendCommand } from '../shared/send-command.js';
import { styles } from './welcome.styles.js';

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

  override render(): TemplateResult {
    return html`<div class="welcome">
      <div>
        <h1>Every surface defect outlined, named, measured and scored</h1>
        <p>
          Drop photos of parts. They are inspected here, in your browser: nothing leaves this device, and
          nothing is stored.
        </p>
      </div>
      <div class="drop" @click=${this.choose}>
        <button type="button" class="primary">Choose photos</button>
        <span class="how">
          <span class="pointer">or drop photos and folders anywhere,</span>
          <span class="pointer">or paste a picture from the clipboard</span>
          <span class="camera">from this device or its camera</span>
        </span>
      </div>
      <section class="samples" ?hidden=${!this.hasSamples} aria-labelledby="samples">
        <h2 id="samples">Or try a sample <small>generated pictures, not real parts</small></h2>
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
