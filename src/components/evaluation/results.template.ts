/** The figures and what is behind them, and how they are counted. */
import { html, nothing, type TemplateResult } from 'lit';
import { text } from '../../messages/evaluation-text.js';
import { countOf, OUTCOMES, type CaseList, type CaseRequest } from '../../workbench/evaluation/cases.js';
import type { Settings } from '../../workbench/evaluation/evaluator-api.js';
import type { EvaluationSession } from '../../workbench/evaluation/session.js';
import type { Evaluated, EvaluationState } from '../../workbench/evaluation/state.js';
import { listTitle } from './case-texts.js';
import { renderChoice } from './choice.template.js';

/** What the results ask of the element around them. */
export interface ResultActions {
  readonly onCases: (event: CustomEvent<CaseRequest>) => void;
  readonly onUse: () => void;
}

export function renderResults(
  session: EvaluationSession,
  list: CaseList,
  actions: ResultActions,
): TemplateResult {
  const { state } = session;
  const { evaluated, changes, isWorking, dataset } = state;
  const { onCases } = actions;
  return html`
    <section aria-label=${text.sections.settings}>${renderSettings(session, actions)}</section>
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
      ${renderListChoice(session, state, list)}
      <defect-case-gallery
        .evaluated=${evaluated[list.place]}
        .list=${list}
        .photos=${dataset?.photos ?? []}
        .load=${session.picture}
      ></defect-case-gallery>
    </section>
  `;
}

function renderSettings(session: EvaluationSession, { onUse }: ResultActions): TemplateResult {
  const { settings, evaluated, isInUse } = session.state;
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
        (value) => session.change({ isAnyDefect: value === 'any' }),
      )}
      ${renderChoice<Settings['rule']>(
        text.settings.thresholds,
        'rule',
        settings.rule,
        (['in-use', 'f1', 'cost'] as const).map((value) => ({ value, ...rules[value] })),
        (rule) => session.change({ rule }),
      )}
      ${settings.rule === 'cost' ? renderCost(session, settings) : nothing}
      ${
        canUse
          ? html`<button type="button" class="primary" @click=${onUse}>
              ${isInUse ? text.settings.inUse : text.settings.use}
            </button>`
          : nothing
      }
    </div>
    ${settings.rule === 'in-use' ? nothing : html`<p class="quiet">${text.settings.flattering}</p>`}
  `;
}

function renderCost(session: EvaluationSession, { costRatio }: Settings): TemplateResult {
  return html`<label class="cost"
    >${text.settings.costBefore}
    <input
      type="number"
      min="0.1"
      step="any"
      .value=${String(costRatio)}
      @change=${({ target }: Event) => {
        const ratio = (target as HTMLInputElement).valueAsNumber;
        return ratio > 0 ? session.change({ costRatio: ratio }) : undefined;
      }}
    />
    ${text.settings.costAfter}</label
  >`;
}

function renderListChoice(
  session: EvaluationSession,
  { evaluated }: EvaluationState,
  { place, choice }: CaseList,
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
        (outcome) => session.show({ place, choice: { kind: 'outcome', outcome } }),
      )
    }
    ${evaluated.length > 1 ? renderModelChoice(session, evaluated, place) : nothing}
  </div>`;
}

function renderModelChoice(
  session: EvaluationSession,
  evaluated: readonly Evaluated[],
  place: number,
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
    (value) => session.show({ place: Number(value), choice: { kind: 'outcome', outcome: 'missed' } }),
  );
}
