/** The figures and what is behind them, and how they are counted. */
import { html, nothing, type TemplateResult } from 'lit';
import { text } from '../../messages/evaluation-text.js';
import { countOf, OUTCOMES, type CaseList, type CaseRequest } from '../../workbench/evaluation/cases.js';
import { neitherOf, type Neither } from '../../workbench/evaluation/content.js';
import type { Settings } from '../../workbench/evaluation/evaluator-api.js';
import {
  THRESHOLD_RULES,
  type Evaluated,
  type EvaluationState,
  type Picture,
} from '../../workbench/evaluation/state.js';
import type { SendCommand } from '../shared/send-command.js';
import { listTitle } from './case-texts.js';
import { countsOf, verdictOf } from './verdict.js';
import { renderChoice } from './choice.template.js';

/** What the results ask of the element around them. */
export interface ResultActions {
  readonly send: SendCommand;
  /** Lists cases, and brings them into sight. */
  readonly onCases: (event: CustomEvent<CaseRequest>) => void;
  /** Gives a photo, and what to draw on it, for the model at that place. */
  readonly picture: ((place: number, photo: number) => Promise<Picture | undefined>) | undefined;
}

export function renderResults(
  state: EvaluationState,
  list: CaseList,
  { send, onCases, picture }: ResultActions,
): TemplateResult {
  const { evaluated, changes, isWorking, dataset, opened } = state;
  return html`
    <section class="verdict" aria-label=${text.sections.verdict}>${renderVerdict(state)}</section>
    <section aria-label=${text.sections.settings}>${renderSettings(state, send)}</section>
    <section aria-label=${text.sections.thresholds}>
      <defect-threshold-chart .evaluated=${evaluated} .settings=${state.settings}></defect-threshold-chart>
    </section>
    <section
      class="bare ${isWorking ? 'working' : ''}"
      aria-label=${text.sections.figures}
      aria-busy=${isWorking}
    >
      <defect-evaluation-figures .evaluated=${evaluated}></defect-evaluation-figures>
    </section>
    ${
      changes
        ? html`<section aria-label=${text.sections.changes}>
            <defect-model-changes
              .evaluated=${evaluated}
              .changes=${changes}
              @cases-open=${onCases}
            ></defect-model-changes>
          </section>`
        : nothing
    }
    <div class="pair">
      <section aria-label=${text.sections.curve}>
        <defect-pr-curve .evaluated=${evaluated}></defect-pr-curve>
      </section>
      <section aria-label=${text.sections.confusion}>
        <h3>${text.confusion.title}</h3>
        <p class="quiet">${text.confusion.about}</p>
        <div class="matrices">
          ${evaluated.map(
            (one, place) =>
              html`<defect-confusion
                .evaluated=${one}
                .place=${place}
                .letter=${evaluated.length > 1 ? text.modelLetter(place) : ''}
                @cases-open=${onCases}
              ></defect-confusion>`,
          )}
        </div>
      </section>
    </div>
    <section id="cases" tabindex="-1" aria-label=${text.sections.cases}>
      ${renderListChoice(state, list, send)}
      <defect-case-gallery
        .evaluated=${evaluated[list.place]}
        .list=${list}
        .photos=${dataset?.photos ?? []}
        .opened=${opened}
        .load=${picture}
      ></defect-case-gallery>
    </section>
  `;
}

/** What becomes of the parts, in a sentence per model. */
function renderVerdict(state: EvaluationState): TemplateResult {
  const { evaluated, dataset } = state;
  const part = evaluated[0]?.photos.length ?? 0;
  const whole = dataset?.photos.length ?? 0;
  return html`${evaluated.map(
    (one, place) =>
      html`<p class="number">
          ${evaluated.length > 1 ? html`<span class="letter">${text.modelLetter(place)}</span>` : nothing}${verdictOf(countsOf(one))}
        </p>
        ${renderNeither(neitherOf(state, one, place))}`,
  )}${part < whole ? html`<p class="notice number">${text.verdict.ofSome({ part, whole })}</p>` : nothing}`;
}

function renderNeither(neither: Neither): TemplateResult | typeof nothing {
  if (neither.photos === 0) return nothing;
  return html`<p class="notice number">${text.verdict.neither(neither)}</p>`;
}

function renderSettings(
  { settings, evaluated, isInUse }: EvaluationState,
  send: SendCommand,
): TemplateResult {
  const canUse = settings.rule !== 'in-use' && (evaluated[0]?.proposals.size ?? 0) > 0;
  const { byClass, anyDefect, rules } = text.settings;
  return html`
    <div class="line">
      ${renderChoice(
        text.settings.classes,
        'classes',
        settings.isAnyDefect ? 'any' : 'each',
        [
          { value: 'each', ...byClass },
          { value: 'any', ...anyDefect },
        ],
        (value) => send('evaluation.count', { isAnyDefect: value === 'any' }),
      )}
      ${renderChoice<Settings['rule']>(
        text.settings.thresholds,
        'rule',
        settings.rule,
        THRESHOLD_RULES.map((value) => ({ value, ...rules[value] })),
        (rule) => send('evaluation.count', { rule }),
      )}
      ${settings.rule === 'cost' ? renderCost(settings, send) : nothing}
      ${
        canUse
          ? html`<button type="button" class="primary" @click=${() => send('evaluation.use')}>
              ${isInUse ? text.settings.inUse : text.settings.use}
            </button>`
          : nothing
      }
    </div>
    <p class="quiet">${(settings.isAnyDefect ? anyDefect : byClass).title}. ${rules[settings.rule].title}.</p>
    ${settings.rule === 'in-use' ? nothing : html`<p class="quiet">${text.settings.flattering}</p>`}
  `;
}

function renderCost({ costRatio }: Settings, send: SendCommand): TemplateResult {
  return html`<label class="cost"
    >${text.settings.costBefore}
    <input
      type="number"
      min="0.1"
      step="any"
      .value=${String(costRatio)}
      @change=${({ target }: Event) =>
        send('evaluation.count', { costRatio: (target as HTMLInputElement).valueAsNumber })}
    />
    ${text.settings.costAfter}</label
  >`;
}

function renderListChoice(
  { evaluated }: EvaluationState,
  { place, choice }: CaseList,
  send: SendCommand,
): TemplateResult {
  const shown = evaluated[place];
  return html`<div class="line">
    ${
      shown &&
      renderChoice(
        text.cases.shown,
        'list',
        choice.kind === 'outcome' ? choice.outcome : undefined,
        OUTCOMES.map((outcome) => {
          const title = listTitle(shown, { kind: 'outcome', outcome });
          const cases = countOf(shown, outcome);
          return { value: outcome, text: text.cases.list({ title, cases }), title };
        }),
        (outcome) => send('evaluation.list', { place, choice: { kind: 'outcome', outcome } }),
      )
    }
    ${evaluated.length > 1 ? renderModelChoice(evaluated, place, send) : nothing}
  </div>`;
}

function renderModelChoice(
  evaluated: readonly Evaluated[],
  place: number,
  send: SendCommand,
): TemplateResult {
  return renderChoice(
    text.cases.model,
    'place',
    String(place),
    evaluated.map(({ model }, i) => ({
      value: String(i),
      text: text.cases.modelChoice({ letter: text.modelLetter(i), name: model.name }),
      title: text.model(model),
    })),
    (value) =>
      send('evaluation.list', { place: Number(value), choice: { kind: 'outcome', outcome: 'missed' } }),
  );
}
