import { html, type TemplateResult } from 'lit';
import { lessonSteps, walkSteps } from '../../messages/lesson-panel-text.js';
import { say } from '../../messages/message.js';
import { nextStep } from '../../workbench/lessons/next-step.js';
import type { TeachingState } from '../../workbench/lessons/state.js';
import { walkMessage, type WalkState } from '../../workbench/lessons/walk-steps.js';
import { hasKeyboard } from './has-keyboard.js';
import { StyledElement } from '../shared/styled-element.js';

/**
 * @summary What to do next, in a sentence: on the handle of a phone's sheet, where the panel has its own. It is styled by what is around
 * it.
 */
export class DefectLessonStep extends StyledElement {
  static override properties = {
    teaching: { attribute: false },
    walk: { attribute: false },
    photos: { attribute: false },
    hasLetterKeys: { attribute: false },
  };

  declare teaching: TeachingState;
  declare walk: WalkState | undefined;
  /** How many there are. */
  declare photos: number;
  declare hasLetterKeys: boolean;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override render(): TemplateResult {
    return html`${stepSentence(this)}`;
  }
}

/** What to do next: of the walk-through, while there is one. */
export function stepSentence({
  teaching,
  walk,
  photos,
  hasLetterKeys,
}: Pick<DefectLessonStep, 'teaching' | 'walk' | 'photos' | 'hasLetterKeys'>): string {
  const hasKeys = hasLetterKeys && hasKeyboard();
  return walk
    ? say(walkSteps, walkMessage(walk, teaching, hasKeys))
    : say(lessonSteps, nextStep(teaching, { photos, hasKeys }));
}
