/** Hands each view its slice of the state. */
import { html, nothing, type TemplateResult } from 'lit';
import { say } from '../../messages/message.js';
import { text } from '../../messages/text.js';
import { isSettled } from '../../workbench/batch/entries.js';
import type { PhotoEntry } from '../../workbench/batch/photo-batch.js';
import type { TeachingState } from '../../workbench/lessons/state.js';
import type { Workbench } from '../../workbench/workbench.js';
import '../details/details.js';
import '../look/look.js';
import '../photo-status/photo-status.js';
import '../queue/queue.js';
import '../sheet/sheet.js';
import '../top-bar/top-bar.js';
import '../viewer/viewer.js';
import '../welcome/welcome.js';

export function renderTopBar(workbench: Workbench): TemplateResult {
  const { state, derived } = workbench;
  const { model, library, theme, threshold } = state;
  const choice = library.choice?.kind;
  return html`<defect-top-bar
    part="top-bar"
    .model=${model}
    .isIsolated=${globalThis.crossOriginIsolated}
    .isOwn=${choice === 'visit' || choice === 'remembered'}
    .view=${derived.view}
    .isNarrow=${state.isNarrow}
    .theme=${theme ?? 'auto'}
    .threshold=${threshold}
    .csvStyle=${derived.csvStyle}
    .hasUsage=${workbench.can('usage.open')}
    .teaching=${state.photos.length > 0 && workbench.can('lesson.start') ? state.teaching !== undefined : undefined}
    .canExportPhoto=${workbench.can('export.json', { scope: 'photo' })}
    .canExportAll=${workbench.can('export.json', { scope: 'all' })}
    .canListAll=${workbench.can('export.csv', { scope: 'all' })}
    ><slot name="actions" slot="actions"></slot
  ></defect-top-bar>`;
}

export function renderWelcome(workbench: Workbench): TemplateResult {
  const { teaching, keptLessons } = workbench.state;
  return html`<defect-welcome
    .canTeach=${workbench.can('lesson.start')}
    .hasWalk=${workbench.can('walk.start')}
    .kept=${keptLessons ?? NONE}
    .lesson=${teaching?.lesson.name}
    ><slot name="samples" slot="samples"></slot
  ></defect-welcome>`;
}

export function renderMain(workbench: Workbench): TemplateResult {
  const { state, derived } = workbench;
  const { teaching } = state;
  const { current, assessment, selected, hovered } = derived;
  const headline = say(text.headlines, derived.headline);
  return html`<div class="main">
    <h1 class="hidden-text">Defect Inspector</h1>
    <defect-queue
      part="queue"
      .entries=${derived.photos}
      .totals=${state.totals}
      .counts=${derived.counts}
      .otherwise=${derived.otherwise}
      .underWay=${state.underWay}
      .timeLeft=${state.timeLeft}
      .isPaused=${state.isPaused}
      .selectedId=${state.currentId}
      .lesson=${teaching?.lesson}
      .chosen=${state.chosen}
      .order=${derived.photoOrder}
    ></defect-queue>
    <defect-viewer
      part="viewer"
      exportparts="toolbar, stage, caption"
      .input=${current?.input}
      .name=${current?.name ?? ''}
      .inspection=${derived.inspection}
      .detections=${assessment?.shown ?? NONE}
      .numbers=${assessment?.numbers}
      .view=${derived.view}
      .display=${state.display}
      .selectedId=${selected?.id}
      .hoveredId=${hovered?.id}
      .areMasksHidden=${state.areMasksHidden}
      .hiddenDefects=${assessment?.hidden.length ?? 0}
      .isViewKept=${state.isViewKept}
      .neighbours=${derived.upcoming}
      .drawing=${state.drawing}
      .underWay=${(current && state.underWay.get(current.id)?.tiles) ?? NONE}
      .teaching=${state.teaching}
      .photoId=${state.currentId}
      .isFailed=${current?.state === 'failed'}
      .hasLetters=${derived.hasLetterKeys}
      .canUndo=${workbench.can('edit.undo')}
      .canRedo=${workbench.can('edit.redo')}
      ><defect-look slot="look" .choice=${derived.lookChoice}></defect-look
      ><defect-photo-status
        slot="status"
        .entry=${isSaidOver(current, teaching) ? current : undefined}
        .sentence=${headline}
        .modelError=${state.model.kind === 'failed' ? state.model.error : undefined}
      ></defect-photo-status
    ></defect-viewer>
    <defect-sheet .headline=${headline} class=${teaching ? 'teaching' : ''}>
      ${teaching ? renderStep(workbench, teaching) : nothing}
      <div class="stack">
        ${teaching ? renderLesson(workbench, teaching) : nothing}
        <defect-details
          part="details"
          exportparts="found"
          .inspection=${derived.inspection}
          .isRunning=${current?.state === 'running'}
          .isOtherwise=${current !== undefined && derived.otherwise.has(current.id)}
          .assessment=${assessment}
          .listed=${derived.listed}
          .order=${state.order}
          .threshold=${state.threshold}
          .thresholdOf=${derived.thresholdOf}
          .reportedByClass=${derived.reportedByClass}
          .scores=${derived.scores}
          .ownThresholds=${derived.ownThresholds}
          .classes=${derived.classes}
          .hiddenClasses=${state.hiddenClasses}
          .selectedId=${selected?.id}
          .hoveredId=${hovered?.id}
          .status=${headline}
          .canTeach=${!teaching && workbench.can('lesson.start')}
        ></defect-details>
      </div>
    </defect-sheet>
  </div>`;
}

/** Nothing lies over what is marked; and what waits to be inspected can be taught before it is. */
const isSaidOver = (entry: PhotoEntry | undefined, teaching: TeachingState | undefined): boolean =>
  !teaching ||
  entry?.state === 'failed' ||
  (teaching.tool === 'move' && entry !== undefined && isSettled(entry));

/** On the handle of a phone's sheet. */
const renderStep = ({ state, derived }: Workbench, teaching: TeachingState): TemplateResult =>
  html`<defect-lesson-step
    slot="headline"
    .teaching=${teaching}
    .walk=${state.walk}
    .photos=${state.photos.length}
    .hasLetterKeys=${derived.hasLetterKeys}
  ></defect-lesson-step>`;

const renderLesson = ({ state, derived }: Workbench, teaching: TeachingState): TemplateResult =>
  html`<defect-lesson
    part="lesson"
    .teaching=${teaching}
    .kept=${state.keptLessons}
    .photos=${state.photos}
    .walk=${state.walk}
    .hasLetterKeys=${derived.hasLetterKeys}
  ></defect-lesson>`;

/** Always the same array, so that the viewer needn't update. */
const NONE: readonly never[] = [];
