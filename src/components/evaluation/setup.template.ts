/** The dataset, the models that are run on it, and what is wrong with either. */
import { html, nothing, type TemplateResult } from 'lit';
import { knowsNone } from '../../core/evaluation/class-mapping.js';
import { datasets } from '../../messages/dataset-text.js';
import { text } from '../../messages/evaluation-text.js';
import { renderReading } from './reading.template.js';
import { say } from '../../messages/message.js';
import { contentOf, type Content } from '../../workbench/evaluation/content.js';
import type { DatasetSummary, Settings } from '../../workbench/evaluation/evaluator-api.js';
import { RUN_DETAILS, type RunDetail, type RunTime } from '../../workbench/evaluation/run-detail.js';
import { failureSentence } from '../../workbench/evaluation/failure-sentence.js';
import { isRunning, type EvaluationState, type RunState } from '../../workbench/evaluation/state.js';
import type { SendCommand } from '../shared/send-command.js';

export function renderSetup(
  state: EvaluationState,
  dataset: DatasetSummary,
  { send, time }: { readonly send: SendCommand; readonly time: RunTime },
): TemplateResult {
  const { runs, settings, error, reading } = state;
  const [first] = runs;
  const content = contentOf(dataset, settings);
  return html`
    <div class="line">
      <p>
        <b class="number">${text.setup.photos(dataset.photos.length)}</b>:
        <span class="number">${text.setup.content(content)}</span>
        ${first ? html`<span class="quiet">${text.setup.looked[first.detail]}</span>` : nothing}
      </p>
      ${renderDetail(state, time, send)} ${renderAnnotationFiles(dataset, send)}
      ${renderRunButtons(state, dataset, send)}
    </div>
    ${renderCrowds(dataset, settings, send)} ${renderLack(content)} ${renderProblems(dataset)}
    ${reading ? renderReading(reading, send) : nothing}
    ${error ? html`<p class="notice error" role="alert">${failureSentence(error)}</p>` : nothing}
    ${runs.map((one, place) => renderRun(dataset, content, one, place))}
    ${
      settings.isAnyDefect && first && knowsNone(first.mapping)
        ? html`<p class="notice">${text.setup.knowsNone}</p>`
        : nothing
    }
  `;
}

/** How the next run looks at the photos: all of them in one way. */
function renderDetail(
  state: EvaluationState,
  time: RunTime,
  send: SendCommand,
): TemplateResult | typeof nothing {
  if (isRunning(state)) return nothing;
  return html`<select
    aria-label=${text.setup.look}
    @change=${({ target }: Event) =>
      send('evaluation.look', { detail: (target as HTMLSelectElement).value as RunDetail })}
  >
    ${RUN_DETAILS.map((detail) => {
      const seconds = time(detail);
      return html`<option value=${detail} .selected=${detail === state.detail}>
        ${text.setup.way({ detail, seconds })}
      </option>`;
    })}
  </select>`;
}

/** What the photos say nothing about. */
function renderLack({ defective, good }: Content): TemplateResult | typeof nothing {
  if (defective === 0) return html`<p class="notice">${text.setup.noDefective}</p>`;
  return good === 0 ? html`<p class="notice">${text.setup.noGood}</p>` : nothing;
}

/** Nobody but who has annotated the photos knows whether these are heaps of defects or single ones. */
function renderCrowds(
  { crowds }: DatasetSummary,
  { areCrowdsDefects }: Settings,
  send: SendCommand,
): TemplateResult | typeof nothing {
  if (crowds === 0) return nothing;
  return html`<p class="notice">
    ${text.setup.crowds(crowds)}
    <label
      ><input
        type="checkbox"
        .checked=${areCrowdsDefects}
        @change=${({ target }: Event) =>
          send('evaluation.count', { areCrowdsDefects: (target as HTMLInputElement).checked })}
      />
      ${text.setup.crowdsAreDefects}</label
    >
  </p>`;
}

function renderRun(
  dataset: DatasetSummary,
  { classes }: Content,
  run: RunState,
  place: number,
): TemplateResult {
  return html`
    ${
      run.phase === 'done' && run.failures.length === 0
        ? nothing
        : html`<defect-evaluation-progress
            .run=${run}
            .total=${dataset.photos.length}
          ></defect-evaluation-progress>`
    }
    <defect-class-mapping
      .mapping=${run.mapping}
      .classes=${run.model?.classes ?? []}
      .counted=${classes}
      .place=${place}
    ></defect-class-mapping>
  `;
}

function renderAnnotationFiles(
  { annotationFile, annotationFiles }: DatasetSummary,
  send: SendCommand,
): TemplateResult | typeof nothing {
  if (annotationFiles.length < 2) return nothing;
  return html`<select
    aria-label=${text.setup.annotations}
    @change=${({ target }: Event) =>
      send('evaluation.read-by', { annotationFile: (target as HTMLSelectElement).value })}
  >
    ${annotationFiles.map(
      (path) => html`<option value=${path} ?selected=${path === annotationFile}>${path}</option>`,
    )}
  </select>`;
}

const FROM_FILE = '.onnx';
const NONE = '-';

function renderRunButtons(
  state: EvaluationState,
  { photos }: DatasetSummary,
  send: SendCommand,
): TemplateResult | typeof nothing {
  if (isRunning(state)) return nothing;
  const [first] = state.runs;
  if (!first || first.found === 0) {
    return html`<button type="button" class="primary" @click=${() => send('evaluation.start')}>
      ${text.setup.inspect(photos.length)}
    </button>`;
  }
  const others = state.catalogue.filter(({ sha256 }) => sha256 !== first.model?.hash);
  return html`
    <select aria-label=${text.setup.compareLabel} @change=${(event: Event) => chooseOther(event, send)}>
      <option value="">${text.setup.compare}</option>
      ${others.map((one) => html`<option value=${one.name}>${text.model(one)}</option>`)}
      <option value=${FROM_FILE}>${text.setup.modelFileOption}</option>
      ${state.runs.length > 1 ? html`<option value=${NONE}>${text.setup.noOther}</option>` : nothing}
    </select>
    <input
      id="model"
      type="file"
      hidden
      accept=${FROM_FILE}
      aria-label=${text.setup.modelFile}
      @change=${(event: Event) => takeModelFile(event, send)}
    />
    <button type="button" @click=${() => send('evaluation.start')}>${text.setup.inspectAgain}</button>
  `;
}

function chooseOther({ target }: Event, send: SendCommand): void {
  const select = target as HTMLSelectElement;
  const { value } = select;
  select.value = '';
  if (value === FROM_FILE) (select.nextElementSibling as HTMLInputElement).click();
  else if (value !== '') send('evaluation.compare', { model: value === NONE ? undefined : value });
}

function takeModelFile({ target }: Event, send: SendCommand): void {
  const input = target as HTMLInputElement;
  const file = input.files?.[0];
  input.value = '';
  if (file) send('evaluation.compare', { model: file });
}

function renderProblems({ problems }: DatasetSummary): TemplateResult | typeof nothing {
  if (problems.length === 0) return nothing;
  const count = problems.reduce((sum, one) => sum + one.count, 0);
  return html`<details>
    <summary class="few">${text.setup.notes(count)}</summary>
    <ul class="problems">
      ${problems.map((problem) => {
        const { examples, count: files } = problem;
        const named = examples.filter((one) => one !== '').join(', ');
        const more = files > examples.length ? text.setup.andMore(files - examples.length) : '';
        return html`<li>
          ${say(datasets, problem)}${named ? html` <span class="quiet">${named}${more}</span>` : nothing}
        </li>`;
      })}
    </ul>
  </details>`;
}
