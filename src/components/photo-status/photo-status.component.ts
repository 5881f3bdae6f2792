import { css, html, nothing, type TemplateResult } from 'lit';
import type { InspectorError } from '../../core/errors.js';
import type { Inspection } from '../../core/types.js';
import { errors } from '../../messages/error-text.js';
import { say } from '../../messages/message.js';
import { text } from '../../messages/text.js';
import { isSettled } from '../../workbench/batch/entries.js';
import type { PhotoEntry } from '../../workbench/batch/photo-batch.js';
import type { PlainCommand } from '../../workbench/commands/commands.js';
import { isInPart } from '../../core/in-part.js';
import { isAboutPhoto } from '../shared/about-photo.js';
import { controls } from '../shared/controls.styles.js';
import { sendCommand } from '../shared/send-command.js';
import { StyledElement } from '../shared/styled-element.js';

const texts = text.photoStatus;

/**
 * @summary Lies over a photo that has no result, or only a part of it: what it waits for, or what went wrong and what to do about it.
 *
 * @event defect-command - Something is to be done with the photo that is shown.
 */
export class DefectPhotoStatus extends StyledElement {
  static override styles = [
    controls,
    css`
      :host {
        display: grid;
        padding: 10px;
      }

      .progress {
        display: flex;
        place-self: end start;
        align-items: center;
        gap: 10px;
        min-height: max(36px, var(--defect-target));
        padding: 2px 12px;
        border: 1px solid var(--defect-border);
        border-radius: var(--defect-radius);
        background: var(--defect-surface);
        pointer-events: auto;
      }

      .progress button {
        min-height: max(28px, var(--defect-target));
        margin-inline-end: -8px;
        font-size: var(--defect-text-s);
      }

      .spinner {
        width: 14px;
        height: 14px;
        border: 2px solid var(--defect-border);
        border-top-color: var(--defect-accent);
        border-radius: 50%;
        animation: turn 0.9s linear infinite;
      }

      @keyframes turn {
        to {
          rotate: 360deg;
        }
      }

      .card {
        display: grid;
        gap: 12px;
        place-self: center;
        width: min(100%, 420px);
        padding: 20px;
        border: 1px solid var(--defect-border);
        border-top: 3px solid var(--defect-danger);
        border-radius: 8px;
        background: var(--defect-surface);
        box-shadow: var(--defect-shadow);
        pointer-events: auto;
      }

      .card.quiet {
        border-top-color: var(--defect-border-strong);
      }

      h3,
      p {
        margin: 0;
      }

      h3 {
        font-size: var(--defect-text-l);
      }

      p {
        line-height: 1.5;
      }

      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
    `,
  ];

  static override properties = {
    entry: { attribute: false },
    sentence: {},
    modelError: { attribute: false },
  };

  declare entry: PhotoEntry | undefined;
  /** What it is doing or waiting for. */
  declare sentence: string;
  /** Shown in a banner already, so it isn't repeated on every photo. */
  declare modelError: InspectorError | undefined;

  constructor() {
    super();
    this.sentence = '';
  }

  override render(): TemplateResult | typeof nothing {
    const { entry } = this;
    if (!entry) return nothing;
    // An earlier result stays in view.
    if (entry.state === 'done' || (entry.state === 'cancelled' && entry.output))
      return entry.output && isInPart(entry.output) ? this.renderInPart(entry.output) : nothing;
    if (!isSettled(entry)) {
      return html`<div class="progress">
        <span class="spinner"></span>
        <span class="number">${this.sentence}</span>
        <button type="button" class="plain" @click=${() => sendCommand(this, 'photo.cancel')}>
          ${texts.cancel}
        </button>
      </div>`;
    }
    if (entry.error && entry.error === this.modelError) {
      return html`<div class="progress">${texts.noModel}</div>`;
    }
    return entry.state === 'failed' ? this.renderFailed(entry) : this.renderCancelled();
  }

  private renderInPart({ input }: Inspection): TemplateResult {
    return html`<div class="progress">
      <span class="number">${text.results.inPart(input)}</span>
      ${this.renderButton('photo.retry', texts.inspectRest)}
    </div>`;
  }

  private renderFailed({ error }: PhotoEntry): TemplateResult {
    const isFinal = isAboutPhoto(error);
    return html`<div class="card">
      <h3>${texts.failed}</h3>
      <p>${error && say(errors, error.data)}</p>
      <div class="buttons">
        ${this.renderButton('photo.retry', texts.retry, !isFinal)}
        ${this.renderButton('photos.choose', texts.chooseOther, isFinal)}
        ${this.renderButton('photo.remove', texts.remove)}
      </div>
    </div>`;
  }

  private renderCancelled(): TemplateResult {
    return html`<div class="card quiet">
      <h3>${texts.cancelled}</h3>
      <div class="buttons">
        ${this.renderButton('photo.retry', texts.inspect, true)}
        ${this.renderButton('photo.remove', texts.remove)}
      </div>
    </div>`;
  }

  private renderButton(command: PlainCommand, label: string, isPrimary = false): TemplateResult {
    return html`<button
      type="button"
      class=${isPrimary ? 'primary' : ''}
      @click=${() => sendCommand(this, command)}
    >
      ${label}
    </button>`;
  }
}
