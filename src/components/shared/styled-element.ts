import { adoptStyles, LitElement, type CSSResultOrNative } from 'lit';

/** Style sheets belong to one document; those of others are made when an element comes there. */
const sheets = new WeakMap<Document, Map<CSSResultOrNative, CSSStyleSheet>>();

function sheetOf(style: CSSResultOrNative, target: Document, window: typeof globalThis): CSSStyleSheet {
  const made = sheets.get(target) ?? new Map<CSSResultOrNative, CSSStyleSheet>();
  sheets.set(target, made);
  let sheet = made.get(style);
  if (!sheet) {
    sheet = new window.CSSStyleSheet();
    sheet.replaceSync(
      'cssText' in style ? style.cssText : Array.from(style.cssRules, (rule) => rule.cssText).join('\n'),
    );
    made.set(style, sheet);
  }
  return sheet;
}

/** An element that keeps its styles in whatever document it is moved to: a frame, or a window that lies on top of others. */
export abstract class StyledElement extends LitElement {
  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const { shadowRootOptions } = this.constructor as typeof LitElement;
    const root = this.shadowRoot ?? this.attachShadow(shadowRootOptions);
    this.dress(root);
    this.renderOptions.renderBefore ??= root.firstChild;
    return root;
  }

  /** The browser takes all sheets off an element that comes into another document. */
  adoptedCallback(): void {
    if (this.shadowRoot) this.dress(this.shadowRoot);
  }

  private dress(root: ShadowRoot): void {
    const { elementStyles } = this.constructor as typeof LitElement;
    const { ownerDocument } = this;
    const window = ownerDocument.defaultView;
    if (ownerDocument === document) adoptStyles(root, elementStyles);
    // A document without a window shows nothing.
    else if (window)
      root.adoptedStyleSheets = elementStyles.map((style) => sheetOf(style, ownerDocument, window));
  }
}
