import { html, nothing, type TemplateResult } from 'lit';
import { DETAILS, type Detail } from '../../core/pipeline/detail.js';
import { text, write } from '../../messages/text.js';
import type { LookChoice } from '../../workbench/results/look-choice.js';
import { controls } from '../shared/controls.styles.js';
import { fields } from '../shared/fields.styles.js';
import { icons } from '../shared/icons.js';
import { sendCommand } from '../shared/send-command.js';
import { styles } from './look.styles.js';
import { placeBeside } from './place-beside.js';
import { StyledElement } from '../shared/styled-element.js';

const texts = text.look;

const NO_CHOICE: LookChoice = {
  detail: 'auto',
  smallest: undefined,
  ways: undefined,
  photos: 0,
  secondsForAll: () => undefined,
};

/** As they are offered: the usual one first. */
const ORDER: readonly Detail[] = ['auto', ...DETAILS.filter((one) => one !== 'auto')];

/**
 * @summary How thoroughly photos are looked at, what each choice comes to for the photo that is shown, and how small a defect matters.
 *
 * @event defect-command - `detail.set`, `smallest.set`, `smallest.draw`, `area.draw`.
 */
export class DefectLook extends StyledElement {
  static override styles = [controls, fields, styles];

  static override properties = { choice: { attribute: false }, isOpen: { state: true } };

  declare choice: LookChoice;
  declare private isOpen: boolean;

  constructor() {
    super();
    this.choice = NO_CHOICE;
    this.isOpen = false;
  }

  override render(): TemplateResult {
    const { detail, smallest } = this.choice;
    const size = smallest === undefined ? '' : `, ${write.pixels(smallest)} px`;
    return html`<button
        type="button"
        popovertarget="panel"
        title=${texts.title}
        aria-label="${texts.button({ detail })}${size}"
      >
        ${icons.tiles}<span class="number">${texts.names[detail]}${size}</span>${icons.chevron}
      </button>
      <div
        id="panel"
        popover
        role="dialog"
        aria-labelledby="title"
        @beforetoggle=${this.onToggle}
        @keydown=${this.onKey}
      >
        ${this.isOpen ? this.renderPanel() : nothing}
      </div>`;
  }

  private renderPanel(): TemplateResult {
    return html`<header>
        <h2 id="title">${texts.title}</h2>
        <button
          type="button"
          class="plain icon"
          popovertarget="panel"
          popovertargetaction="hide"
          title=${texts.close}
          aria-label=${texts.close}
        >
          ${icons.close}
        </button>
      </header>
      <fieldset>
        <legend class="hidden-text">${texts.title}</legend>
        ${ORDER.map((detail) => this.renderWay(detail))}
      </fieldset>
      ${this.renderForAll()} ${this.renderSmallest()}
      <button type="button" class="area" @click=${() => this.draw('area.draw')}>
        ${icons.area}${texts.area}
      </button>`;
  }

  private renderWay(detail: Detail): TemplateResult {
    const { ways, detail: chosen } = this.choice;
    return html`<label>
      <input
        type="radio"
        name="detail"
        .checked=${detail === chosen}
        aria-labelledby="name-${detail}"
        aria-describedby="way-${detail}"
        @change=${() => sendCommand(this, 'detail.set', { detail })}
      /><b id="name-${detail}">${texts.names[detail]}</b>
      <span class="number" id="way-${detail}">${ways ? texts.way(detail, ways) : texts.about[detail]}</span>
    </label>`;
  }

  /** Once for all photos, which have their own views each. */
  private renderForAll(): TemplateResult | typeof nothing {
    const { photos, detail, secondsForAll } = this.choice;
    if (photos < 2) return nothing;
    const seconds = secondsForAll(detail);
    return html`<p class="number">
      ${texts.allPhotos({ photos })}
      ${seconds === undefined ? nothing : texts.forAll({ photos, detail, seconds })}
    </p>`;
  }

  private renderSmallest(): TemplateResult {
    const { smallest, ways } = this.choice;
    const limit = ways?.thorough.limit;
    return html`<div class="smallest">
      <label for="smallest">${texts.smallest}</label>
      <input
        id="smallest"
        type="number"
        min="1"
        step="any"
        inputmode="decimal"
        placeholder=${texts.any}
        aria-describedby="unit"
        .value=${smallest === undefined ? '' : String(smallest)}
        @change=${this.onSmallest}
      /><span id="unit">${texts.smallestUnit}</span>
      <button type="button" @click=${() => this.draw('smallest.draw')}>${icons.area}${texts.measure}</button>
      ${
        smallest === undefined
          ? nothing
          : html`<button
              type="button"
              class="plain"
              @click=${() => sendCommand(this, 'smallest.set', { smallest: undefined })}
            >
              ${texts.forget}
            </button>`
      }
      ${
        smallest !== undefined && limit !== undefined && smallest < limit
          ? html`<p class="note number">${texts.tooSmall({ smallest, limit })}</p>`
          : nothing
      }
    </div>`;
  }

  private get panel(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>('#panel')!;
  }

  /** The photo is to be seen while a rectangle is drawn on it. */
  private draw(command: 'smallest.draw' | 'area.draw'): void {
    this.panel.hidePopover();
    sendCommand(this, command);
  }

  private onToggle({ newState }: ToggleEvent): void {
    this.isOpen = newState === 'open';
    if (this.isOpen) placeBeside(this.panel, this.renderRoot.querySelector('button')!);
  }

  /** What the panel does with a key is nothing to the photo behind it. */
  private onKey(event: KeyboardEvent): void {
    event.stopPropagation();
  }

  private onSmallest({ target }: Event): void {
    const input = target as HTMLInputElement;
    if (!input.reportValidity()) return;
    const smallest = input.value === '' ? undefined : input.valueAsNumber;
    sendCommand(this, 'smallest.set', { smallest });
  }
}
