import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { text } from '../../messages/lesson-panel-text.js';
import type { PhotoEntry } from '../../workbench/batch/photo-batch.js';
import type { NextPlace } from '../../workbench/lessons/state.js';
import { Thumbnails } from '../queue/thumbnails.js';
import { controls } from '../shared/controls.styles.js';
import { middleCut } from '../shared/middle-cut.js';
import { sendCommand } from '../shared/send-command.js';
import { styles } from './next-places.styles.js';
import { StyledElement } from '../shared/styled-element.js';

/**
 * @summary The photos, and the place in each, about which a person's answer tells most.
 *
 * @event defect-command - `lesson.show-next`.
 */
export class DefectNextPlaces extends StyledElement {
  static override styles = [controls, styles];

  static override properties = { places: { attribute: false }, photos: { attribute: false } };

  declare places: readonly NextPlace[];
  declare photos: readonly PhotoEntry[];

  private thumbnails: Thumbnails | undefined;

  constructor() {
    super();
    this.places = [];
    this.photos = [];
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
    return html`<section aria-labelledby="title">
      <h3 id="title">${text.next}</h3>
      <p>${text.aboutNext}</p>
      <ol>
        ${repeat(
          this.listed,
          ({ place }) => place.photo,
          ({ place, index, entry }) => this.renderPlace(place, index, entry),
        )}
      </ol>
    </section>`;
  }

  protected override updated(): void {
    const canvases = this.renderRoot.querySelectorAll('canvas');
    this.thumbnails ??= new Thumbnails();
    this.thumbnails.show(
      this.listed.map(({ entry }, i) => [canvases[i]!, entry.input, entry.output] as const),
    );
  }

  /** A photo may have been removed since. */
  private get listed(): readonly { place: NextPlace; index: number; entry: PhotoEntry }[] {
    return this.places.flatMap((place, index) => {
      const entry = this.photos.find(({ id }) => id === place.photo);
      return entry ? { place, index, entry } : [];
    });
  }

  private renderPlace({ x, y, reason }: NextPlace, index: number, entry: PhotoEntry): TemplateResult {
    const { name, output } = entry;
    const [left, top] = [x / (output?.image.width ?? Infinity), y / (output?.image.height ?? Infinity)];
    return html`<li>
      <button type="button" title=${name} @click=${() => sendCommand(this, 'lesson.show-next', { index })}>
        <span class="picture" .style=${`--x: ${left}; --y: ${top}`}
          ><canvas aria-hidden="true"></canvas><span class="ring" ?hidden=${!output}></span
        ></span>
        <span class="what"
          ><span class="hidden-text">${text.showPlace}</span>${middleCut(name)}<small
            >${reason === 'unlike' ? text.unlike : text.unsure}</small
          ></span
        >
      </button>
    </li>`;
  }
}
