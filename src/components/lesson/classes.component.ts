import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { classColor } from '../../core/colors.js';
import { text } from '../../messages/lesson-panel-text.js';
import { classNamed, type LessonClass } from '../../workbench/lessons/lesson.js';
import { controls } from '../shared/controls.styles.js';
import { fields } from '../shared/fields.styles.js';
import { icons } from '../shared/icons.js';
import { sendCommand } from '../shared/send-command.js';
import { styles } from './classes.styles.js';
import './editable-name.js';
import { StyledElement } from '../shared/styled-element.js';

/** So many have a key of their own. */
const KEYS = 9;

/**
 * @summary The kinds of defects of a lesson: which one is marked next, name, colour, number of marks.
 *
 * @event defect-command - `lesson.choose-class`, `lesson.add-class`, `lesson.change-class`, `lesson.remove-class`.
 */
export class DefectLessonClasses extends StyledElement {
  static override styles = [controls, fields, styles];

  static override properties = {
    classes: { attribute: false },
    activeId: { attribute: false },
    marks: { attribute: false },
    hasKeys: { attribute: false },
  };

  declare classes: readonly LessonClass[];
  /** The one that is marked next. */
  declare activeId: number | undefined;
  /** How many there are, by class id. */
  declare marks: ReadonlyMap<number, number>;
  /** Whether digits choose a class. */
  declare hasKeys: boolean;

  constructor() {
    super();
    this.classes = [];
    this.marks = new Map();
    this.hasKeys = false;
  }

  override render(): TemplateResult {
    const { classes } = this;
    return html`<section aria-labelledby="title">
      <h3 id="title">${text.classes}</h3>
      ${classes.length === 0 ? html`<p>${text.noClass}</p>` : nothing}
      <ul ?hidden=${classes.length === 0}>
        ${repeat(
          classes,
          ({ id }) => id,
          (one, place) => this.renderClass(one, place),
        )}
      </ul>
      <form @submit=${this.onAdd}>
        <input
          name="name"
          required
          maxlength="60"
          autocomplete="off"
          placeholder=${text.newClass}
          aria-label=${text.newClass}
          @input=${this.onInput}
        />
        <button>${text.addClass}</button>
      </form>
    </section>`;
  }

  private renderClass({ id, name }: LessonClass, place: number): TemplateResult {
    const marks = this.marks.get(id) ?? 0;
    const isActive = id === this.activeId;
    const remove = text.removeClass({ name, marks });
    return html`<li>
      <input
        type="color"
        aria-label=${text.colour({ name })}
        title=${text.colour({ name })}
        .value=${classColor(this.classes, id)}
        @input=${({ target }: Event) =>
          sendCommand(this, 'lesson.change-class', { id, color: (target as HTMLInputElement).value })}
      />
      <defect-editable-name
        .value=${name}
        action=${text.renameClass({ name })}
        label=${text.className({ name })}
        .problem=${(other: string) => this.problemOf(other, id)}
        @rename=${({ detail }: CustomEvent<string>) => sendCommand(this, 'lesson.change-class', { id, name: detail })}
        ><button
          type="button"
          class="choose"
          aria-pressed=${isActive}
          title=${text.chooseClass({ name })}
          @click=${() => sendCommand(this, 'lesson.choose-class', { id })}
        >
          ${this.hasKeys && place < KEYS ? html`<kbd aria-hidden="true">${place + 1}</kbd>` : nothing}
          <bdi>${name}</bdi> <span class="count number">${text.marks(marks)}</span>
        </button></defect-editable-name
      >
      <button
        type="button"
        class="plain icon"
        title=${remove}
        aria-label=${remove}
        @click=${() => sendCommand(this, 'lesson.remove-class', { id })}
      >
        ${icons.clear}
      </button>
    </li>`;
  }

  /** Two of one name could not be told apart. */
  private problemOf(name: string, id?: number): string {
    return classNamed(this.classes, name, id) ? text.nameTaken({ name: name.trim() }) : '';
  }

  private onInput({ target }: Event): void {
    const input = target as HTMLInputElement;
    input.setCustomValidity(this.problemOf(input.value));
  }

  private onAdd(event: SubmitEvent): void {
    event.preventDefault();
    const input = this.renderRoot.querySelector<HTMLInputElement>('form input')!;
    const name = input.value.trim();
    if (name === '') return;
    sendCommand(this, 'lesson.add-class', { name });
    input.value = '';
  }
}
