import { css, html, nothing, type TemplateResult } from 'lit';
import { classColor } from '../../core/colors.js';
import { FEW, wilson } from '../../core/evaluation/intervals.js';
import { text, write } from '../../messages/evaluation-text.js';
import type { Evaluated } from '../../workbench/evaluation/state.js';
import { write as measures } from '../../messages/text.js';
import { controls } from '../shared/controls.styles.js';
import { panel } from './panel.styles.js';
import { StyledElement } from '../shared/styled-element.js';

interface Line {
  readonly value: string;
  /** What it is made of. */
  readonly of: string;
  readonly interval?: string;
}

/**
 * @summary The figures of one model, or of two side by side: by part, over all, and by class.
 */
export class DefectEvaluationFigures extends StyledElement {
  static override styles = [
    controls,
    panel,
    css`
      .tiles {
        display: grid;
        grid-template-columns: repeat(4, minmax(0, 1fr));
        gap: 1px;
        margin-bottom: 16px;
        overflow: hidden;
        border: 1px solid var(--defect-border);
        border-radius: 8px;
        background: var(--defect-border);
      }

      .tile {
        padding: 10px 12px;
        background: var(--defect-surface);
      }

      .tile dt {
        color: var(--defect-muted);
        font-size: var(--defect-text-s);
      }

      .tile p {
        padding: 2px 0 6px;
        color: var(--defect-text);
      }

      .meanings {
        display: grid;
        grid-template-columns: max-content minmax(0, 1fr);
        gap: 4px 16px;
        margin: 8px 0;
        font-size: var(--defect-text-s);
      }

      .meanings dt {
        font-weight: 600;
      }

      .tile dd {
        font-variant-numeric: tabular-nums;
      }

      .tile dd + dd {
        margin-top: 6px;
      }

      .value {
        font-size: var(--defect-text-xl);
        font-weight: 600;
      }

      .two .value {
        font-size: var(--defect-text-l);
      }

      .tile small {
        display: block;
      }

      @media (max-width: 700px) {
        .tiles {
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
      }

      table {
        --table-back: var(--defect-page);

        width: 100%;
      }

      @media (max-width: 900px) {
        th,
        td {
          padding-inline: 5px;
        }
      }

      .scroll + .scroll {
        margin-top: 16px;
      }

      tbody tr.none {
        color: var(--defect-muted);
      }
    `,
  ];

  static override properties = { evaluated: { attribute: false } };

  declare evaluated: readonly Evaluated[];

  constructor() {
    super();
    this.evaluated = [];
  }

  override render(): TemplateResult {
    const { evaluated } = this;
    return html`
      <dl class="tiles ${evaluated.length > 1 ? 'two' : ''}">
        ${TILES.map(
          ({ texts, line }) =>
            html`<div class="tile">
              <dt>
                <details>
                  <summary>${texts.title}</summary>
                  <p>${texts.what}.</p>
                </details>
              </dt>
              ${evaluated.map((one, i) => this.renderLine(line(one), i))}
            </div>`,
        )}
      </dl>
      ${evaluated.map((one, i) => this.renderClasses(one, i))}
      <details>
        <summary class="quiet">${text.figures.whatColumns}</summary>
        <dl class="meanings">
          ${text.figures.meanings.map(
            ({ name, what }) =>
              html`<dt>${name}</dt>
                <dd>${what}.</dd>`,
          )}
        </dl>
      </details>
    `;
  }

  private renderLine({ value, of, interval }: Line, place: number): TemplateResult {
    return html`<dd>
      ${this.evaluated.length > 1 ? html`<span class="letter">${text.modelLetter(place)}</span>` : nothing}<span
        class="value"
        >${value}</span
      >
      <small>${of}${interval ? html`<br />${text.figures.interval(interval)}` : nothing}</small>
    </dd>`;
  }

  private renderClasses(one: Evaluated, place: number): TemplateResult {
    const { model, precision } = one;
    const name = text.model(model);
    const { columns } = text.figures;
    // Classes without truths and without any false alarm say nothing.
    const shown = precision.classes.filter(({ id, truths }) => {
      const { falseAlarms, mistaken } = one.outcome.counts.get(id)!;
      return truths + falseAlarms + mistaken > 0;
    });
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${text.figures.byClass(name)}>
      <table>
        <caption>
          ${this.evaluated.length > 1 ? html`<span class="letter">${text.modelLetter(place)}</span>` : nothing}${name}
        </caption>
        <thead>
          <tr>
            <th scope="col"><span class="hidden-text">${columns.class}</span></th>
            <th scope="col">${columns.defects}</th>
            <th scope="col">${columns.threshold}</th>
            <th scope="col">${columns.found}</th>
            <th scope="col">${columns.confused}</th>
            <th scope="col">${columns.missed}</th>
            <th scope="col">${columns.falseAlarms[0]}<br />${columns.falseAlarms[1]}</th>
            <th scope="col">${columns.recall[0]}<br />${columns.recall[1]}</th>
            <th scope="col">${columns.precision[0]}<br />${columns.precision[1]}</th>
            <th scope="col">${columns.ap50[0]}<br />${columns.ap50[1]}</th>
            <th scope="col">${columns.ap}</th>
          </tr>
        </thead>
        <tbody>
          ${shown.map((figures) => this.renderClass(one, figures))}
        </tbody>
      </table>
      ${this.renderFew(shown)}
    </div>`;
  }

  private renderClass(
    { model, outcome, thresholdOf }: Evaluated,
    { id, name, precision, AP50Interval }: Evaluated['precision']['classes'][number],
  ): TemplateResult {
    const { truths, found, confused, missed, falseAlarms, mistaken } = outcome.counts.get(id)!;
    const reported = found + falseAlarms + mistaken;
    const few = truths > 0 && truths < FEW ? 'few' : '';
    return html`<tr class=${truths === 0 ? 'none' : ''}>
      <th scope="row">
        ${
          id > 0
            ? html`<span class="swatch" .style=${`--swatch: ${classColor(model.classes, id)}`}></span>`
            : nothing
        }${name}
      </th>
      <td class=${few}>
        ${truths}${few ? html`<span class="hidden-text"> ${text.figures.few}</span> *` : nothing}
      </td>
      <td>${write.score(thresholdOf(id))}</td>
      <td>${found}</td>
      <td>${confused}</td>
      <td>${missed}</td>
      <td>${falseAlarms}</td>
      <td>
        ${write.percent(found / truths)}<small>${write.range(wilson(found, truths), write.percent)}</small>
      </td>
      <td>
        ${write.percent(found / reported)}<small
          >${write.range(wilson(found, reported), write.percent)}</small
        >
      </td>
      <td>
        ${write.fraction(precision?.AP50 ?? NaN)}<small>${write.range(AP50Interval, write.fraction)}</small>
      </td>
      <td>${write.fraction(precision?.AP ?? NaN)}</td>
    </tr>`;
  }

  private renderFew(classes: Evaluated['precision']['classes']): TemplateResult | typeof nothing {
    const few = classes.filter(({ truths }) => truths > 0 && truths < FEW);
    if (few.length === 0) return nothing;
    return html`<p class="quiet">
      <span class="few">${text.figures.fewExamples({ limit: FEW, classes: few })}</span>
      ${text.figures.fewMeans}
    </p>`;
  }
}

interface Tile {
  readonly texts: { readonly title: string; readonly what: string };
  readonly line: (one: Evaluated) => Line;
}

const rate = (part: number, whole: number, say: (of: { part: number; whole: number }) => string): Line => ({
  value: write.percent(part / whole),
  of: say({ part, whole }),
  interval: write.range(wilson(part, whole), write.percent),
});

const { tiles, ofDefective, ofGood, onGood } = text.figures;

const TILES: readonly Tile[] = [
  {
    texts: tiles.escapes,
    line: ({ outcome: { parts } }) => rate(parts.escaped.length, parts.defective.length, ofDefective),
  },
  {
    texts: tiles.overkill,
    line: ({ outcome: { parts } }) => rate(parts.overkill.length, parts.good.length, ofGood),
  },
  {
    texts: tiles.falseAlarms,
    line: ({ outcome: { parts } }) => ({
      value: write.score(parts.falseAlarmsOnGood / parts.good.length),
      of: onGood({ part: parts.falseAlarmsOnGood, whole: parts.good.length }),
    }),
  },
  {
    texts: tiles.luck,
    line: ({ outcome: { parts } }) => rate(parts.byLuck.length, parts.defective.length, ofDefective),
  },
  {
    texts: tiles.ap50,
    line: ({ precision }) => ({
      value: write.fraction(precision.AP50),
      of: text.figures.classes(precision.classes.filter(({ truths }) => truths > 0).length),
      interval: write.range(precision.AP50Interval, write.fraction),
    }),
  },
  {
    texts: tiles.ap,
    line: ({ precision }) => ({
      value: write.fraction(precision.AP),
      of: text.figures.ap75(precision.AP75),
    }),
  },
  {
    texts: tiles.pixelIou,
    line: ({ precision, photos }) => ({
      value: write.fraction(precision.pixelIou),
      of: text.figures.photos(photos.length),
    }),
  },
  {
    texts: tiles.time,
    line: ({ time }) => ({
      value: measures.duration(time.median),
      of: text.figures.p95(measures.duration(time.p95)),
    }),
  },
];
