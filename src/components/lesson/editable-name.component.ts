import { css, html, type TemplateResult } from 'lit';
import { controls } from '../shared/controls.styles.js';
import { fields } from '../shared/fields.styles.js';
import { formText } from '../shared/form-text.js';
import { icons } from '../shared/icons.js';
import { StyledElement } from '../shared/styled-element.js';

/**
 * @summary A name that is changed where it stands: Enter or leaving the field keeps it, Escape doesn't.
 *
 * @slot - The name, while it isn't changed.
 *
 * @event {CustomEvent<string>} rename - It has another name now; never an empty one.
 */
export class DefectEditableName extends StyledElement {
  static override styles = [
    controls,
    fields,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 2px;
        min-width: 0;
      }

      ::slotted(*) {
        min-width: 0;
      }

      form {
        flex: 1;
        min-width: 0;
      }

      input {
        width: 100%;
        font-weight: 500;
      }
    `,
  ];

  static override properties = {
    value: {},
    action: {},
    label: {},
    problem: { attribute: false },
    isEditing: { state: true },
  };

  declare value: string;
  /** What the button does that begins it. */
  declare action: string;
  /** Of the field. */
  declare label: string;
  /** Why it can't be called that; '' where it can. */
  declare problem: (name: string) => string;
  declare private isEditing: boolean;

  constructor() {
    super();
    this.value = '';
    this.action = '';
    this.label = '';
    this.problem = () => '';
    this.isEditing = false;
  }

  override render(): TemplateResult {
    if (!this.isEditing)
      return html`<slot></slot
        ><button
          type="button"
          class="plain icon"
          title=${this.action}
          aria-label=${this.action}
          @click=${this.begin}
        >
          ${icons.edit}
        </button>`;
    return html`<form @submit=${this.onSubmit}>
      <input
        name="name"
        required
        maxlength="60"
        autocomplete="off"
        aria-label=${this.label}
        .value=${this.value}
        @input=${this.onInput}
        @keydown=${this.onKey}
        @blur=${this.onBlur}
      />
    </form>`;
  }

  private begin(): void {
    this.isEditing = true;
    this.updateComplete.then(() => this.renderRoot.querySelector('input')?.select(), reportError);
  }

  /** The focus comes back to the button only where the keyboard has ended it. */
  private end(isFocused: boolean): void {
    this.isEditing = false;
    if (isFocused)
      this.updateComplete.then(() => this.renderRoot.querySelector('button')?.focus(), reportError);
  }

  private onInput({ target }: Event): void {
    const input = target as HTMLInputElement;
    input.setCustomValidity(this.problem(input.value));
  }

  private onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    this.keep(formText(event, 'name'));
    this.end(true);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    this.end(true);
  }

  private onBlur({ target }: Event): void {
    const input = target as HTMLInputElement;
    if (!this.isEditing || !input.isConnected) return;
    if (input.checkValidity()) this.keep(input.value);
    this.end(false);
  }

  private keep(name: string): void {
    const kept = name.trim();
    if (kept === '' || kept === this.value) return;
    this.dispatchEvent(new CustomEvent('rename', { detail: kept }));
  }
}
