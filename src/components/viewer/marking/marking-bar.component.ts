import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { classColor } from '../../../core/colors.js';
import type { Detection } from '../../../core/types.js';
import { text } from '../../../messages/marking-text.js';
import type { LessonClass, Mark } from '../../../workbench/lessons/lesson.js';
import { LESSON_TOOLS, type TeachingState } from '../../../workbench/lessons/state.js';
import { controls } from '../../shared/controls.styles.js';
import { sendCommand } from '../../shared/send-command.js';
import { textOn } from '../contrast.js';
import { styles } from './marking-bar.styles.js';
import { icons } from './marking-icons.js';
import { StyledElement } from '../../shared/styled-element.js';

const KEYS = { move: 'M', brush: 'B', eraser: 'E', polygon: 'P', rectangle: 'R' } as const;

/**
 * @summary The tools to mark defects with, and what is said of the photo. Arrow keys lead from button to button.
 *
 * @event defect-command - `lesson.tool`, `lesson.choose-class`, `lesson.change-mark`, `lesson.remove-mark`,
 *   `lesson.good`, `lesson.accept`, `edit.undo`, `edit.redo`.
 */
export class DefectMarkingBar extends StyledElement {
  static override styles = [controls, styles];

  static override properties = {
    teaching: { attribute: false },
    isGood: { attribute: false },
    hasPhoto: { attribute: false },
    detection: { attribute: false },
    mark: { attribute: false },
    hasLetters: { attribute: false },
    canUndo: { attribute: false },
    canRedo: { attribute: false },
  };

  declare teaching: TeachingState | undefined;
  /** Whether the photo is called good. */
  declare isGood: boolean;
  declare hasPhoto: boolean;
  /** The one that is selected. */
  declare detection: Detection | undefined;
  /** The one that is selected. */
  declare mark: Mark | undefined;
  /** Whether letters, digits and signs are keys by themselves. */
  declare hasLetters: boolean;
  declare canUndo: boolean;
  declare canRedo: boolean;

  /** To which the Tab key leads. */
  private stop: HTMLElement | undefined;

  constructor() {
    super();
    this.isGood = false;
    this.hasPhoto = false;
    this.hasLetters = false;
    this.canUndo = false;
    this.canRedo = false;
  }

  override render(): TemplateResult | typeof nothing {
    const { teaching, mark, isGood, hasPhoto, detection, canUndo, canRedo } = this;
    if (!teaching) return nothing;
    const { tool } = teaching;
    return html`<div
      role="toolbar"
      aria-label=${text.bar}
      @keydown=${this.onKey}
      @focusin=${this.onFocus}
      @mousedown=${keepFocus}
    >
      <div class="group tools">
        ${LESSON_TOOLS.map((one) =>
          this.renderButton({
            name: text.tools[one],
            key: KEYS[one],
            content: labelled(icons[one], text.toolNames[one]),
            isPressed: one === tool,
            act: () => sendCommand(this, 'lesson.tool', { tool: one }),
          }),
        )}
      </div>
      <div class="group history">
        ${this.renderButton({
          name: text.undo,
          key: 'Ctrl Z',
          content: labelled(icons.undo, text.undo),
          isDisabled: !canUndo,
          act: () => sendCommand(this, 'edit.undo'),
        })}
        ${this.renderButton({
          name: text.redo,
          key: 'Ctrl Shift Z',
          content: labelled(icons.redo, text.redo),
          isDisabled: !canRedo,
          act: () => sendCommand(this, 'edit.redo'),
        })}
      </div>
      <div class="group classes" role="group" aria-label=${mark ? text.classOfMark : text.classes}>
        ${teaching.lesson.classes.map((one, place) => this.renderClass(one, place))}
        ${teaching.lesson.classes.length === 0 ? html`<span class="hint">${text.noClass}</span>` : nothing}
      </div>
      <div class="group photo">
        ${
          mark &&
          this.renderButton({
            name: text.remove,
            key: 'Delete',
            content: labelled(icons.remove, text.removeName),
            act: () => sendCommand(this, 'lesson.remove-mark', { id: mark.id }),
          })
        }
        ${this.renderButton({
          name: text.acceptHint,
          key: 'A',
          content: html`${icons.accept}<span class="accept">${text.accept}</span>`,
          isDisabled: !detection,
          act: () => detection && sendCommand(this, 'lesson.accept', { detection: detection.id }),
        })}
        ${this.renderButton({
          name: text.goodHint,
          key: 'G',
          content: html`${icons.good}<span>${text.good}</span>`,
          isPressed: isGood,
          isDisabled: !hasPhoto,
          act: () => sendCommand(this, 'lesson.good'),
        })}
      </div>
    </div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const buttons = this.buttons;
    const stop = buttons.find((one) => one === this.stop) ?? buttons[0];
    for (const button of this.renderRoot.querySelectorAll('button'))
      button.tabIndex = button === stop ? 0 : -1;
    const before = changed.get('teaching');
    if (before && before.classId !== this.teaching?.classId) this.showClass();
  }

  /** Scrolls the classes to the one that is chosen, and nothing else. */
  private showClass(): void {
    const classes = this.renderRoot.querySelector('.classes');
    const chosen = classes?.querySelector('[aria-pressed="true"]')?.getBoundingClientRect();
    if (!classes || !chosen) return;
    const { left, right } = classes.getBoundingClientRect();
    classes.scrollLeft += Math.min(0, chosen.left - left) + Math.max(0, chosen.right - right);
  }

  private renderButton({
    name,
    key,
    content,
    isPressed,
    isDisabled = false,
    act,
  }: BarButton): TemplateResult {
    // A letter is named only where it does anything.
    const title = key.length > 1 || this.hasLetters ? text.withKey({ action: name, key }) : name;
    return html`<button
      type="button"
      class="icon"
      title=${title}
      aria-label=${name}
      aria-pressed=${isPressed ?? nothing}
      aria-keyshortcuts=${key.length === 1 && this.hasLetters ? key : nothing}
      ?disabled=${isDisabled}
      @click=${act}
    >
      ${content}
    </button>`;
  }

  /** While a mark is selected, it is about that one. */
  private renderClass({ id, name }: LessonClass, place: number): TemplateResult {
    const { mark, teaching } = this;
    const { classes } = teaching!.lesson;
    const color = classColor(classes, id);
    const number = place < 9 ? String(place + 1) : undefined;
    const title = number && this.hasLetters ? text.withKey({ action: name, key: number }) : name;
    return html`<button
      type="button"
      class="class"
      title=${title}
      aria-pressed=${id === (mark ? mark.classId : teaching!.classId)}
      @click=${() =>
        mark
          ? sendCommand(this, 'lesson.change-mark', { id: mark.id, classId: id })
          : sendCommand(this, 'lesson.choose-class', { id })}
    >
      <span class="swatch number" .style=${`--class: ${color}; --on-class: ${textOn(color)}`}>${number}</span>
      <bdi class="name">${name}</bdi>
    </button>`;
  }

  private get buttons(): readonly HTMLButtonElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLButtonElement>('button:enabled')];
  }

  private readonly onFocus = ({ target }: FocusEvent): void => {
    this.stop = (target as Element).closest('button') ?? undefined;
    this.requestUpdate();
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const { buttons } = this;
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    const isLeftToRight = getComputedStyle(this).direction === 'ltr';
    const to: Partial<Record<string, number>> = {
      ArrowRight: at + (isLeftToRight ? 1 : -1),
      ArrowLeft: at + (isLeftToRight ? -1 : 1),
      Home: 0,
      End: -1,
    };
    const next = to[event.key];
    if (next === undefined || at < 0) return;
    event.preventDefault();
    buttons.at(next % buttons.length)?.focus();
  };
}

interface BarButton {
  readonly name: string;
  readonly key: string;
  readonly content: unknown;
  /** Undefined: it is no toggle. */
  readonly isPressed?: boolean;
  readonly isDisabled?: boolean;
  readonly act: () => void;
}

/** Beside other icons it is what the button is called; under it, where nothing else says so. */
const labelled = (icon: TemplateResult, label: string): TemplateResult =>
  html`${icon}<span class="label">${label}</span>`;

/** A click leaves the focus where it is: on the photo, whose keys go on meaning what is drawn. */
const keepFocus = (event: MouseEvent): void => event.preventDefault();
