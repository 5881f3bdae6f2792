import { css, html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { classColor } from '../../core/colors.js';
import { pointAt, type Curve } from '../../core/evaluation/curve.js';
import { text, write } from '../../messages/evaluation-text.js';
import type { Evaluated } from '../../workbench/evaluation/state.js';
import { controls } from '../shared/controls.styles.js';
import { chart } from './chart.styles.js';
import { panel } from './panel.styles.js';
import { StyledElement } from '../shared/styled-element.js';

/** Of the chart, in its own units. */
const SIZE = 320;
const LEFT = 40;
const BOTTOM = 34;
const TOP = 8;
const RIGHT = 10;
/** A fifth of the line's width. */
const LEAST_STEP = 0.4;
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];
/** Thresholds for which the table has a row. */
const ROWS = Array.from({ length: 19 }, (_, i) => 0.95 - i * 0.05);

const toX = (recall: number) => LEFT + recall * (SIZE - LEFT - RIGHT);
const toY = (precision: number) => TOP + (1 - precision) * (SIZE - TOP - BOTTOM);

/** @summary Precision against recall of each class, as a chart and as a table; of two models, the second one dashed. */
export class DefectCurve extends StyledElement {
  static override styles = [
    controls,
    panel,
    chart,
    css`
      svg {
        max-width: 460px;
        font-size: 10px;
      }

      .casing {
        fill: none;
        stroke: light-dark(rgb(0 0 0 / 0.35), transparent);
        stroke-width: 3;
      }

      .second {
        stroke-dasharray: 5 4;
      }

      .point {
        fill: var(--line);
        stroke: var(--defect-text);
        stroke-width: 1.25;
      }

      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        margin: 8px 0;
      }

      .legend button {
        gap: 0;
        padding: 0 10px;
        font-size: var(--defect-text-s);
      }
    `,
  ];

  static override properties = { evaluated: { attribute: false }, focused: { state: true } };

  declare evaluated: readonly Evaluated[];
  /** The class that is shown alone. */
  declare private focused: number | undefined;

  constructor() {
    super();
    this.evaluated = [];
  }

  override render(): TemplateResult {
    const classes = this.evaluated[0]?.precision.classes.filter(({ truths }) => truths > 0) ?? [];
    const shown = classes.filter(({ id }) => this.focused === undefined || this.focused === id);
    const alone = shown.length === 1 ? shown[0] : undefined;
    return html`
      <h3>${text.curve.title}</h3>
      <p class="quiet">${text.curve.about}</p>
      <svg viewBox="0 0 ${SIZE} ${SIZE}" role="img" aria-label=${this.describe()}>
        ${TICKS.map((tick) => renderTick(tick))}
        <text x=${toX(0.5)} y=${SIZE - 4} text-anchor="middle">${text.curve.recallAxis}</text>
        <text transform="rotate(-90 10 ${toY(0.5)})" x="10" y=${toY(0.5)} text-anchor="middle">
          ${text.curve.precisionAxis}
        </text>
        ${this.evaluated.map((one, place) => shown.map(({ name }) => this.renderLine(one, name, place)))}
      </svg>
      ${
        classes.length > 1
          ? html`<div class="legend" role="group" aria-label=${text.curve.shown}>
              ${classes.map(
                ({ id, name }) =>
                  html`<button
                    type="button"
                    aria-pressed=${this.focused === id}
                    @click=${() => (this.focused = this.focused === id ? undefined : id)}
                  >
                    <span class="swatch" .style=${`--swatch: ${this.colorOf(id)}`}></span>${name}
                  </button>`,
              )}
            </div>`
          : nothing
      }
      ${
        alone
          ? html`<details>
              <summary>${text.curve.asTable(alone.name)}</summary>
              ${this.evaluated.map((one) => this.renderTable(one, alone.name))}
            </details>`
          : html`<p class="quiet">${text.curve.chooseOne}</p>`
      }
    `;
  }

  private colorOf(id: number): string {
    return id > 0 ? classColor(this.evaluated[0]!.model.classes, id) : 'var(--defect-accent)';
  }

  private renderLine({ precision, thresholdOf }: Evaluated, name: string, place: number): SVGTemplateResult {
    // Models have numbers of their own for their classes.
    const figures = precision.classes.find((one) => one.name === name);
    if (!figures || figures.curve.points.length === 0) return svg``;
    const id = this.evaluated[0]!.precision.classes.find((one) => one.name === name)!.id;
    const path = pathOf(figures.curve);
    const point = pointAt(figures.curve, thresholdOf(figures.id));
    return svg`<g .style=${`--line: ${this.colorOf(id)}`}>
      ${place === 0 ? svg`<path class="casing" d=${path} />` : nothing}
      <path class=${place === 0 ? 'line' : 'line second'} d=${path} />
      ${
        point
          ? svg`<circle class="point" cx=${toX(point.recall)} cy=${toY(point.precision)} r="4" />`
          : nothing
      }
    </g>`;
  }

  private renderTable({ model, precision }: Evaluated, name: string): TemplateResult | typeof nothing {
    const curve = precision.classes.find((one) => one.name === name)?.curve;
    if (!curve) return nothing;
    const { columns } = text.curve;
    return html`<div class="scroll">
      <table>
        <caption>
          ${text.curve.caption({ name: text.model(model), className: name, defects: curve.truths })}
        </caption>
        <thead>
          <tr>
            <th scope="col">${columns.threshold}</th>
            <th scope="col">${columns.found}</th>
            <th scope="col">${columns.falseAlarms[0]}<br />${columns.falseAlarms[1]}</th>
            <th scope="col">${columns.recall}</th>
            <th scope="col">${columns.precision}</th>
          </tr>
        </thead>
        <tbody>
          ${ROWS.map((threshold) => {
            const point = pointAt(curve, threshold);
            return html`<tr>
              <td>${write.score(threshold)}</td>
              <td>${point?.hits ?? 0}</td>
              <td>${point?.falseAlarms ?? 0}</td>
              <td>${write.percent(point?.recall ?? 0)}</td>
              <td>${write.percent(point?.precision ?? NaN)}</td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>`;
  }

  private describe(): string {
    const parts = this.evaluated.map(({ model, precision, thresholdOf }) => {
      const classes = precision.classes.filter(({ truths }) => truths > 0);
      const texts = classes.map(({ id, name, curve }) => {
        const point = pointAt(curve, thresholdOf(id));
        return point ? text.curve.point({ name, ...point }) : text.curve.nothing(name);
      });
      return text.curve.ofModel({ name: model.name, points: texts });
    });
    return text.curve.description(parts);
  }
}

/** From the highest score to the lowest, where a curve ends. Steps too small to be seen are left out. */
function pathOf({ points }: Curve): string {
  let [x, y] = [toX(0), toY(points[0]!.precision)];
  let path = `M${x.toFixed(1)} ${y.toFixed(1)}`;
  points.forEach((point, i) => {
    const [nextX, nextY] = [toX(point.recall), toY(point.precision)];
    if (i < points.length - 1 && Math.hypot(nextX - x, nextY - y) < LEAST_STEP) return;
    [x, y] = [nextX, nextY];
    path += `L${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  return path;
}

function renderTick(tick: number): SVGTemplateResult {
  const [x, y] = [toX(tick), toY(tick)];
  return svg`
    <line class="axis" x1=${x} y1=${toY(0)} x2=${x} y2=${toY(1)} />
    <line class="axis" x1=${toX(0)} y1=${y} x2=${toX(1)} y2=${y} />
    <text x=${x} y=${toY(0) + 14} text-anchor="middle">${text.curve.tick(tick)}</text>
    <text x=${toX(0) - 5} y=${y + 3} text-anchor="end">${text.curve.tick(tick)}</text>`;
}
