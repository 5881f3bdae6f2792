import { css, html, type TemplateResult } from 'lit';
import { controls } from '../shared/controls.styles.js';
import { StyledElement } from '../shared/styled-element.js';

/**
 * @summary A button that opens a panel below it: a native `<details>` that closes like a menu.
 *
 * @slot label - What the button shows.
 * @slot - What the panel shows. A click on an element with the attribute `data-close` closes it.
 */
export class DefectMenu extends StyledElement {
  static override styles = [
    controls,
    css`
      :host {
        display: block;
        position: relative;
      }

      summary {
        display: flex;
        align-items: center;
        justify-content: center;
        gap: 6px;
        min-width: var(--defect-control);
        min-height: var(--defect-control);
        padding: 0 10px;
        border: 1px solid var(--defect-border);
        border-radius: var(--defect-radius);
        background: var(--defect-surface);
        font-weight: 500;
        white-space: nowrap;
        cursor: pointer;
        list-style: none;
        user-select: none;
        -webkit-user-select: none;
      }

      summary::-webkit-details-marker {
        display: none;
      }

      summary:hover,
      [open] > summary {
        background: var(--defect-hover);
      }

      .panel {
        position: absolute;
        z-index: 20;
        inset-block: var(--menu-block, calc(100% + 4px) auto);
        inset-inline: var(--menu-inline, auto 0);
        width: max-content;
        max-width: min(360px, calc(100cqw - 16px));
        max-height: 70vh;
        overflow: auto;
        border: 1px solid var(--defect-border);
        border-radius: 8px;
        background: var(--defect-surface);
        box-shadow: var(--defect-shadow);
      }
    `,
  ];

  static override properties = { label: {}, isOpen: { state: true } };

  /** Says what the button does where its content doesn't. */
  declare label: string;
  declare private isOpen: boolean;

  constructor() {
    super();
    this.label = '';
    this.isOpen = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.close();
  }

  override render(): TemplateResult {
    return html`<details .open=${this.isOpen} @toggle=${this.onToggle} @keydown=${this.onKey}>
      <summary title=${this.label}>
        <slot name="label"></slot>
      </summary>
      <div class="panel" @click=${this.onClick}><slot></slot></div>
    </details>`;
  }

  close(): void {
    this.isOpen = false;
    document.removeEventListener('pointerdown', this.onOutside, true);
    this.removeEventListener('focusout', this.onFocusOut);
  }

  private onToggle(event: Event): void {
    this.isOpen = (event.target as HTMLDetailsElement).open;
    if (!this.isOpen) {
      this.close();
      return;
    }
    document.addEventListener('pointerdown', this.onOutside, true);
    this.addEventListener('focusout', this.onFocusOut);
  }

  private readonly onOutside = (event: Event): void => {
    if (!event.composedPath().includes(this)) this.close();
  };

  private readonly onFocusOut = ({ relatedTarget }: FocusEvent): void => {
    if (relatedTarget instanceof Node && !isWithin(this, relatedTarget)) this.close();
  };

  private onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !this.isOpen) return;
    event.preventDefault();
    event.stopPropagation();
    this.close();
    this.renderRoot.querySelector('summary')?.focus();
  }

  private onClick(event: Event): void {
    const isItem = event
      .composedPath()
      .some((node) => node instanceof Element && node.hasAttribute('data-close'));
    if (!isItem) return;
    // The item that had the focus is hidden now.
    this.renderRoot.querySelector('summary')?.focus({ preventScroll: true });
    this.close();
  }
}

/** As the page is seen: what is slotted into an element is within it. */
function isWithin(element: Element, node: Node | null): boolean {
  for (let at = node; at; at = parentOf(at)) if (at === element) return true;
  return false;
}

function parentOf(node: Node): Node | null {
  if (node instanceof ShadowRoot) return node.host;
  return (node instanceof Element ? node.assignedSlot : null) ?? node.parentNode;
}
