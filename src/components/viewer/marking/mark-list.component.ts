import { css, html, type TemplateResult } from 'lit';
import { text } from '../../../messages/marking-text.js';
import type { LessonClass, Mark } from '../../../workbench/lessons/lesson.js';
import { controls } from '../../shared/controls.styles.js';
import { StyledElement } from '../../shared/styled-element.js';

/**
 * @summary The marks on a photo, for those who can't point at them: seen only while one of its buttons has the focus.
 */
export class DefectMarkList extends StyledElement {
  static override styles = [
    controls,
    css`
      :host {
        position: absolute;
        z-index: 2;
        inset-block-end: 8px;
        inset-inline-end: 8px;
        max-width: calc(100% - 16px);
        max-height: calc(100% - 16px);
        overflow: auto;
        border: 1px solid var(--defect-border-strong);
        border-radius: var(--defect-radius);
        background: var(--defect-surface);
        font-size: var(--defect-text-s);
      }

      :host(:not(:focus-within)) {
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }

      ul {
        margin: 0;
        padding: 4px;
        list-style: none;
      }

      button {
        justify-content: start;
        width: 100%;
        border-color: transparent;
      }
    `,
  ];

  static override properties = {
    marks: { attribute: false },
    classes: { attribute: false },
    selectedId: { attribute: false },
    select: { attribute: false },
  };

  declare marks: readonly Mark[];
  declare classes: readonly LessonClass[];
  declare selectedId: number | undefined;
  /** Selects one of them, and brings it into view. */
  declare select: (id: number) => void;

  constructor() {
    super();
    this.marks = [];
    this.classes = [];
    this.select = () => undefined;
  }

  override render(): TemplateResult {
    const { marks, classes, selectedId } = this;
    return html`<ul aria-label=${text.marks({ marks: marks.length })}>
      ${marks.map(({ id, classId, region: { width, height } }, at) => {
        const name = classes.find((one) => one.id === classId)?.name ?? '';
        return html`<li>
          <button type="button" aria-pressed=${id === selectedId} @click=${() => this.select(id)}>
            ${text.mark({ name, width, height, number: at + 1 })}
          </button>
        </li>`;
      })}
    </ul>`;
  }
}
