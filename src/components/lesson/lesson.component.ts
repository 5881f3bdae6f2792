import { html, nothing, type TemplateResult } from 'lit';
import { text } from '../../messages/lesson-panel-text.js';
import type { PhotoEntry } from '../../workbench/batch/photo-batch.js';
import { marksOf } from '../../workbench/lessons/lesson.js';
import type { KeptLesson, TeachingState } from '../../workbench/lessons/state.js';
import type { WalkState } from '../../workbench/lessons/walk-steps.js';
import { controls } from '../shared/controls.styles.js';
import { icons } from '../shared/icons.js';
import { senderOf } from '../shared/send-command.js';
import './absent.js';
import './classes.js';
import './editable-name.js';
import { hasKeyboard } from './has-keyboard.js';
import { renderLearning } from './learning.template.js';
import { styles } from './lesson.styles.js';
import { renderMenu } from './menu.template.js';
import './next-places.js';
import { renderPath } from './path.template.js';
import { stepSentence } from './step.component.js';
import './step.js';
import { renderWalk } from './walk.template.js';
import { StyledElement } from '../shared/styled-element.js';

/** Places whose buttons come and go. */
const PASSING = ['.learning', '.walk'] as const;

/**
 * @summary A lesson: what to do next, how far it has come, kinds of defects, learning, and what it can do then.
 *
 * @event defect-command - `lesson.learn`, `lesson.rename` ...: something is to be done with the lesson. `walk.skip` ...: with the
 * walk-through.
 */
export class DefectLesson extends StyledElement {
  static override styles = [controls, styles];

  static override properties = {
    teaching: { attribute: false },
    kept: { attribute: false },
    photos: { attribute: false },
    walk: { attribute: false },
    hasLetterKeys: { attribute: false },
  };

  declare teaching: TeachingState;
  /** On this device; undefined while that isn't known. */
  declare kept: readonly KeptLesson[] | undefined;
  /** The list. */
  declare photos: readonly PhotoEntry[];
  /** While somebody is led through. */
  declare walk: WalkState | undefined;
  declare hasLetterKeys: boolean;

  private readonly send = senderOf(this);
  /** What had the focus before it was drawn anew, of what may be gone then. */
  private was: '.learning' | '.walk' | undefined;

  constructor() {
    super();
    this.photos = [];
    this.hasLetterKeys = false;
  }

  /** Gives the focus to what is to be done next, as far as it is here. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('.walk .buttons button, .learn')?.focus(options);
  }

  protected override willUpdate(): void {
    const focused = this.shadowRoot?.activeElement;
    this.was = PASSING.find((place) => focused?.closest(place));
  }

  /** The button that had the focus may be gone: it has learnt, or the next step has others. */
  protected override updated(): void {
    if (!this.was || this.shadowRoot?.activeElement?.checkVisibility()) return;
    const next = this.renderRoot.querySelector<HTMLElement>(`${this.was} :is(.buttons button, .cancel)`);
    (next ?? this.renderRoot.querySelector<HTMLElement>('.learn'))?.focus({ preventScroll: true });
  }

  override render(): TemplateResult {
    const { teaching, walk, photos, send } = this;
    const { lesson, next, classId, absent } = teaching;
    const { name } = lesson;
    const sentence = stepSentence({ ...this.context, photos: photos.length });
    return html`<section class="lesson" aria-label=${text.label({ name })}>
      <div class="top">
        <header>
          <defect-editable-name
            .value=${name}
            action=${text.rename}
            label=${text.name}
            @rename=${({ detail }: CustomEvent<string>) => send('lesson.rename', { name: detail })}
            ><h2><bdi>${name}</bdi></h2></defect-editable-name
          >
          <span class="space"></span>
          ${lesson.photos.size > 0 ? this.renderSaved() : nothing} ${renderMenu(teaching, this.kept, send)}
          <button
            type="button"
            class="plain icon"
            title=${text.close}
            aria-label=${text.close}
            @click=${() => send('lesson.close')}
          >
            ${icons.close}
          </button>
        </header>
        ${walk ? renderWalk(walk, teaching, sentence, send) : html`<p class="sentence" role="status">${sentence}</p>`}
      </div>
      <div class="body">
        <div class="part">${renderPath(teaching, send)} ${renderLearning(teaching, photos, send)}</div>
        <div class="part">
          ${
            next.length > 0
              ? html`<defect-next-places .places=${next} .photos=${photos}></defect-next-places>`
              : nothing
          }
          <defect-lesson-classes
            .classes=${lesson.classes}
            .activeId=${classId}
            .marks=${marksByClass(teaching)}
            .hasKeys=${this.hasLetterKeys && hasKeyboard()}
          ></defect-lesson-classes>
          ${
            absent.size > 0
              ? html`<defect-absent-photos .lesson=${lesson} .photos=${absent}></defect-absent-photos>`
              : nothing
          }
        </div>
      </div>
    </section>`;
  }

  private get context(): Pick<DefectLesson, 'teaching' | 'walk' | 'hasLetterKeys'> {
    const { teaching, walk, hasLetterKeys } = this;
    return { teaching, walk, hasLetterKeys };
  }

  private renderSaved(): TemplateResult | typeof nothing {
    const { isSaved, saved } = this.teaching;
    // There is nothing to save yet.
    if (isSaved && !saved) return nothing;
    const where = !isSaved ? 'nowhere' : saved?.isOnDevice ? 'device' : 'file';
    const { short, label } = text.saved[where];
    return html`<span class=${isSaved ? 'saved' : 'saved not'} title=${label}
      ><span aria-hidden="true">${short}</span><span class="hidden-text">${label}</span></span
    >`;
  }
}

function marksByClass({ lesson }: TeachingState): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const photo of lesson.photos.keys())
    for (const { classId } of marksOf(lesson, photo)) counts.set(classId, (counts.get(classId) ?? 0) + 1);
  return counts;
}
