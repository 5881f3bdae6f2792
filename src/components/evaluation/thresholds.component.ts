import {
  css,
  html,
  nothing,
  svg,
  type PropertyValues,
  type SVGTemplateResult,
  type TemplateResult,
} from 'lit';
import { rejectedAt } from '../../core/evaluation/parts.js';
import { SCORE_FLOOR } from '../../core/types.js';
import { text, write } from '../../messages/evaluation-text.js';
import type { Settings } from '../../workbench/evaluation/evaluator-api.js';
import type { Evaluated } from '../../workbench/evaluation/state.js';
import { controls } from '../shared/controls.styles.js';
import { sendCommand } from '../shared/send-command.js';
import { chart } from './chart.styles.js';
import { panel } from './panel.styles.js';
import { countsOf, verdictOf } from './verdict.js';
import { StyledElement } from '../shared/styled-element.js';

/** Of the chart, in its own units. */
const WIDTH = 460;
const HEIGHT = 240;
const LEFT = 40;
const BOTTOM = 34;
const TOP = 8;
const RIGHT = 12;
const SHARES = [0, 0.25, 0.5, 0.75, 1];
const TICKS = [0.2, 0.4, 0.6, 0.8, 1];
/** At which the lines are drawn: every hundredth, as the slider goes. */
const STEPS = Array.from({ length: 96 }, (_, i) => (i + 5) / 100);
/** Each fifth of them is a row of the table. */
const isRow = (_: unknown, i: number): boolean => i % 5 === 0;

const toX = (threshold: number) =>
  LEFT + ((threshold - SCORE_FLOOR) / (1 - SCORE_FLOOR)) * (WIDTH - LEFT - RIGHT);
const toY = (share: number) => TOP + (1 - share) * (HEIGHT - TOP - BOTTOM);

/** What one threshold for all classes leads to. */
function partsAt({ scores: { defective, good } }: Evaluated, threshold: number) {
  return {
    defective: defective.length,
    escaped: defective.length - rejectedAt(defective, threshold),
    good: good.length,
    rejected: rejectedAt(good, threshold),
  };
}

const stepsOf = (one: Evaluated) => STEPS.map((threshold) => ({ threshold, ...partsAt(one, threshold) }));

/**
 * @summary How many parts escape and how many good ones are rejected, by one threshold for all classes.
 *
 * @event defect-command - `evaluation.count`: that threshold was chosen.
 */
export class DefectThresholdChart extends StyledElement {
  static override styles = [
    controls,
    panel,
    chart,
    css`
      .charts {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr));
        gap: 12px 24px;
        max-width: 980px;
      }

      svg {
        max-width: 560px;
        font-size: 11px;
      }

      .escapes {
        --line: var(--defect-danger);
      }

      .rejects {
        --line: var(--defect-accent);
      }

      .rejects .line,
      .key.rejects::before {
        stroke-dasharray: 6 3;
        border-top-style: dashed;
      }

      .now {
        stroke: var(--line);
        stroke-width: 1;
        stroke-dasharray: 1 4;
        stroke-linecap: round;
      }

      .chosen {
        stroke: var(--defect-text);
      }

      .point {
        fill: var(--line);
        stroke: var(--defect-surface);
        stroke-width: 1.5;
      }

      .keys {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 16px;
        margin: 6px 0;
      }

      .key {
        display: inline-flex;
        align-items: center;
        gap: 6px;
      }

      .key::before {
        content: '';
        width: 22px;
        border-top: 2px solid var(--line, var(--defect-muted));
      }

      .key.dotted::before {
        border-top: 2px dotted var(--defect-muted);
      }

      .slider {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 12px;
        max-width: 560px;
      }

      .slider input {
        flex: 1;
        min-width: 180px;
        min-height: var(--defect-control);
        accent-color: var(--defect-accent);
      }

      output {
        display: block;
      }
    `,
  ];

  static override properties = {
    evaluated: { attribute: false },
    settings: { attribute: false },
    threshold: { state: true },
  };

  declare evaluated: readonly Evaluated[];
  declare settings: Settings | undefined;
  /** Where the slider stands; what it leads to is known at once, before anything is worked out again. */
  declare private threshold: number;
  /** What the steps lead to, by model: counted once, and not whenever the slider moves. */
  private steps: readonly ReturnType<typeof stepsOf>[] = [];

  constructor() {
    super();
    this.evaluated = [];
    this.threshold = 0.5;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('evaluated')) this.steps = this.evaluated.map(stepsOf);
    if (changed.has('settings') && this.settings) this.threshold = this.settings.threshold;
  }

  override render(): TemplateResult {
    const { evaluated, threshold } = this;
    const texts = text.thresholds;
    const hasGood = evaluated.some(({ scores }) => scores.good.length > 0);
    const hasDefective = evaluated.some(({ scores }) => scores.defective.length > 0);
    return html`
      <h3>${texts.title}</h3>
      <p class="quiet">${texts.about}</p>
      <div class="keys">
        ${hasDefective ? html`<small class="key escapes">${texts.escapes}</small>` : nothing}
        ${hasGood ? html`<small class="key rejects">${texts.rejects}</small>` : nothing}
        ${this.isOne ? nothing : html`<small class="key dotted">${texts.now}</small>`}
      </div>
      <div class="charts">${evaluated.map((one, place) => this.renderChart(one, place))}</div>
      <label class="slider"
        ><span class="number">${texts.slider(threshold)}</span>
        <input
          type="range"
          min=${SCORE_FLOOR}
          max="1"
          step="0.01"
          .value=${String(threshold)}
          aria-valuetext=${texts.at({ threshold, verdict: this.verdictAt(threshold) })}
          @input=${({ target }: Event) => (this.threshold = (target as HTMLInputElement).valueAsNumber)}
          @change=${() => sendCommand(this, 'evaluation.count', { rule: 'one', threshold: this.threshold })}
        />
      </label>
      <output class="number">${this.verdictAt(threshold)}</output>
      ${this.renderTable()}
    `;
  }

  private get isOne(): boolean {
    return this.settings?.rule === 'one';
  }

  /** Of the first model. */
  private verdictAt(threshold: number): string {
    const [first] = this.evaluated;
    return first ? verdictOf(partsAt(first, threshold)) : '';
  }

  private renderChart(one: Evaluated, place: number): TemplateResult {
    const { threshold } = this;
    const name = text.model(one.model);
    const label = text.thresholds.description({ name, verdict: verdictOf(countsOf(one)) });
    const x = toX(threshold);
    return html`<div>
      ${
        this.evaluated.length > 1
          ? html`<p><span class="letter">${text.modelLetter(place)}</span>${name}</p>`
          : nothing
      }
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${label}>
        ${SHARES.map((share) => renderShare(share))} ${TICKS.map((tick) => renderTick(tick))}
        <text x=${toX(0.525)} y=${HEIGHT - 4} text-anchor="middle">${text.thresholds.axis}</text>
        <line class="chosen" x1=${x} y1=${toY(0)} x2=${x} y2=${toY(1)} />
        ${this.renderLine(one, place, 'escapes')} ${this.renderLine(one, place, 'rejects')}
      </svg>
    </div>`;
  }

  private renderLine(one: Evaluated, place: number, what: 'escapes' | 'rejects'): SVGTemplateResult {
    const shareOf = ({ defective, escaped, good, rejected }: ReturnType<typeof countsOf>) =>
      what === 'escapes' ? escaped / defective : rejected / good;
    const points = this.steps[place]!.map((step) => [toX(step.threshold), toY(shareOf(step))] as const);
    if (!Number.isFinite(points[0]![1])) return svg``;
    const path = points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L');
    const now = toY(shareOf(countsOf(one)));
    const { threshold } = this;
    return svg`<g class=${what}>
      ${this.isOne ? svg`` : svg`<line class="now" x1=${toX(SCORE_FLOOR)} y1=${now} x2=${toX(1)} y2=${now} />`}
      <path class="line" d="M${path}" />
      <circle class="point" cx=${toX(threshold)} cy=${toY(shareOf(partsAt(one, threshold)))} r="4.5" />
    </g>`;
  }

  private renderTable(): TemplateResult {
    const { columns, asTable } = text.thresholds;
    return html`<details>
      <summary>${asTable}</summary>
      ${this.evaluated.map(
        (one, place) =>
          html`<div class="scroll">
            <table>
              <caption>
                ${text.model(one.model)}
              </caption>
              <thead>
                <tr>
                  <th scope="col">${columns.threshold}</th>
                  <th scope="col">${columns.escapes}</th>
                  <th scope="col">${columns.rejects}</th>
                </tr>
              </thead>
              <tbody>
                ${this.steps[place]!.filter(isRow).map(
                  ({ threshold, escaped, rejected }) =>
                    html`<tr>
                      <td>${write.score(threshold)}</td>
                      <td>${escaped}</td>
                      <td>${rejected}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`,
      )}
    </details>`;
  }
}

function renderShare(share: number): SVGTemplateResult {
  const y = toY(share);
  return svg`<line class="axis" x1=${LEFT} y1=${y} x2=${WIDTH - RIGHT} y2=${y} />
    <text x=${LEFT - 5} y=${y + 4} text-anchor="end">${text.thresholds.percentTick(share)}</text>`;
}

const renderTick = (tick: number): SVGTemplateResult =>
  svg`<text x=${toX(tick)} y=${toY(0) + 14} text-anchor="middle">${text.curve.tick(tick)}</text>`;
