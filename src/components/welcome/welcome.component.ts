import { html, nothing, type TemplateResult } from 'lit';
import { text } from '../../messages/text.js';
import type { PlainCommand } from '../../workbench/commands/commands.js';
import type { KeptLesson } from '../../workbench/lessons/state.js';
import { controls } from '../shared/controls.styles.js';
import { sendCommand } from '../shared/send-command.js';
import { styles } from './welcome.styles.js';
import { StyledElement } from '../shared/styled-element.js';

const texts = text.welcome;

/** So many kept lessons are offered; the panel lists all. */
const MOST_LESSONS = 3;

/**
 * @summary The first screen: what this is, a place to drop photos, samples, and teaching.
 *
 * @slot samples - Buttons that start an inspection of a sample picture.
 *
 * @event defect-command - `photos.choose`: the file dialog is asked for. `lesson.start`, `lesson.open`, `lesson.close`,
 * `walk.start`: somebody wants to teach, or no longer.
 */
export class DefectWelcome extends StyledElement {
  static override styles = [controls, styles];

  static override properties = {
    canTeach: { attribute: false },
    hasWalk: { attribute: false },
    kept: { attribute: false },
    lesson: { attribute: false },
    hasSamples: { state: true },
  };

  declare canTeach: boolean;
  /** Whether there are samples for a walk-through. */
  declare hasWalk: boolean;
  /** Lessons on this device. */
  declare kept: readonly KeptLesson[];
  /** The name of the lesson that photos are wanted for, once somebody teaches. */
  declare lesson: string | undefined;
  declare private hasSamples: boolean;

  constructor() {
    super();
    this.canTeach = false;
    this.hasWalk = false;
    this.kept = [];
    this.hasSamples = false;
  }

  /** Gives the focus to the button that photos are chosen with. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector('button')?.focus(options);
  }

  override render(): TemplateResult {
    const { lesson } = this;
    const isTeaching = lesson !== undefined;
    return html`<div class="welcome">
      <div>
        <h1>${isTeaching ? texts.lesson({ name: lesson }) : texts.title}</h1>
        <p role=${isTeaching ? 'status' : nothing}>${isTeaching ? texts.aboutLesson : texts.promise}</p>
      </div>
      <div class="drop" @click=${this.choose}>
        <button type="button" class="primary">${texts.choose}</button>
        <span class="how">
          <span class="pointer">${texts.orDrop}</span>
          <span class="pointer">${texts.orPaste}</span>
          <span class="camera">${texts.orCamera}</span>
        </span>
      </div>
      ${isTeaching ? html`<div>${this.renderButton(texts.notNow, 'lesson.close')}</div>` : nothing}
      ${this.canTeach && !isTeaching ? this.renderTeach() : nothing}
      <section class="samples" ?hidden=${!this.hasSamples || isTeaching} aria-labelledby="samples">
        <h2 id="samples">${texts.samples} <small>${texts.aboutSamples}</small></h2>
        <div class="grid"><slot name="samples" @slotchange=${this.onSlotChange}></slot></div>
      </section>
    </div>`;
  }

  private renderTeach(): TemplateResult {
    return html`<section class="teach" aria-labelledby="teach">
      <div>
        <h2 id="teach">${texts.notAmongThese}</h2>
        <p>${texts.whatItTakes}</p>
      </div>
      <div class="buttons">
        ${this.renderButton(texts.teach, 'lesson.start')}
        ${this.hasWalk ? this.renderButton(texts.walk, 'walk.start') : nothing}
        ${this.kept.slice(0, MOST_LESSONS).map(
          ({ key, name }) =>
            html`<button type="button" @click=${() => sendCommand(this, 'lesson.open', { key })}>
              <bdi>${texts.goOn({ name })}</bdi>
            </button>`,
        )}
      </div>
    </section>`;
  }

  private renderButton(label: string, command: PlainCommand): TemplateResult {
    return html`<button type="button" @click=${() => sendCommand(this, command)}>${label}</button>`;
  }

  private onSlotChange(event: Event): void {
    this.hasSamples = (event.target as HTMLSlotElement).assignedElements({ flatten: true }).length > 0;
  }

  private choose(): void {
    sendCommand(this, 'photos.choose');
  }
}
