import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { text } from '../../messages/lesson-panel-text.js';
import { marksOf, type Lesson } from '../../workbench/lessons/lesson.js';
import type { AbsentPhoto } from '../../workbench/lessons/state.js';
import { Thumbnails } from '../queue/thumbnails.js';
import { controls } from '../shared/controls.styles.js';
import { icons } from '../shared/icons.js';
import { middleCut } from '../shared/middle-cut.js';
import { sendCommand } from '../shared/send-command.js';
import { styles } from './absent.styles.js';
import { StyledElement } from '../shared/styled-element.js';

/**
 * @summary Photos of a lesson that are not in the list: what was kept of them is learnt from as before.
 *
 * @event defect-command - `lesson.forget`.
 */
export class DefectAbsentPhotos extends StyledElement {
  static override styles = [controls, styles];

  static override properties = { lesson: { attribute: false }, photos: { attribute: false } };

  declare lesson: Lesson;
  /** By their ids in the lesson. */
  declare photos: ReadonlyMap<number, AbsentPhoto>;

  private thumbnails: Thumbnails | undefined;

  constructor() {
    super();
    this.photos = new Map();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.thumbnails?.dispose();
    this.thumbnails = undefined;
  }

  override render(): TemplateResult {
    const photos = [...this.photos];
    return html`<details>
      <summary class="number">${text.absent({ photos: photos.length })}</summary>
      <p>${text.aboutAbsent}</p>
      <ul>
        ${repeat(
          photos,
          ([id]) => id,
          ([id, photo]) => this.renderPhoto(id, photo),
        )}
      </ul>
    </details>`;
  }

  protected override updated(): void {
    const canvases = [...this.renderRoot.querySelectorAll('canvas')];
    this.thumbnails ??= new Thumbnails();
    this.thumbnails.show(
      [...this.photos.values()].flatMap(({ thumbnail }) => {
        const canvas = thumbnail && canvases.shift();
        return canvas ? [[canvas, thumbnail, undefined] as const] : [];
      }),
    );
  }

  private renderPhoto(id: number, { name, thumbnail }: AbsentPhoto): TemplateResult {
    const marks = marksOf(this.lesson, id).length;
    const forget = text.forget({ name });
    return html`<li>
      ${thumbnail ? html`<canvas aria-hidden="true"></canvas>` : nothing}
      <span class="what"
        >${middleCut(name)}<small>${marks > 0 ? text.marks(marks) : text.isGood}</small></span
      >
      <button
        type="button"
        class="plain icon"
        title=${forget}
        aria-label=${forget}
        @click=${() => sendCommand(this, 'lesson.forget', { id })}
      >
        ${icons.close}
      </button>
    </li>`;
  }
}
