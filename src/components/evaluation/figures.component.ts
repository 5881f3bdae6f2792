import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { classColor } from '../../core/colors.js';
import { FEW, wilson } from '../../core/evaluation/intervals.js';
import { quantile } from '../../core/evaluation/report.js';
import { controls } from '../shared/controls.styles.js';
import { duration, plural } from '../../workbench/messages/sentences.js';
import { fraction, percent, range, score } from './format.js';
import { panel } from './panel.styles.js';
import { timesOf, type Evaluated } from '../../workbench/evaluation/session.js';

interface Line {
  readonly value: string;
  /** What it is made of. */
  readonly of: string;
  readonly interval?: string;
}

/**
 * @summary The figures of one model, or of two side by side: by part, over all, and by class.
 *
 */
export class DefectEvaluationFigures extends LitElement {
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
          ({ title, what, line }) =>
            html`<div class="tile" title=${what}>
              <dt>${title}</dt>
              ${evaluated.map((one, i) => this.renderLine(line(one), i))}
            </div>`,
        )}
      </dl>
      ${evaluated.map((one, i) => this.renderClasses(one, i))}
    `;
  }

  private renderLine({ value, of, interval }: Line, place: number): TemplateResult {
    return html`<dd>
      ${this.evaluated.length > 1 ? html`<span class="letter">${'AB'[place]}</span>` : nothing}<span
        class="value"
        >${value}</span
      >
      <small>${of}${interval ? html`<br />95 %: ${interval}` : nothing}</small>
    </dd>`;
  }

  private renderClasses(one: Evaluated, place: number): TemplateResult {
    const { model, precision } = one;
    const name = `${model.name} ${model.version}`;
    // Classes without truths and without any false alarm say nothing.
    const shown = precision.classes.filter(({ id, truths }) => {
      const { falseAlarms, mistaken } = one.outcome.counts.get(id)!;
      return truths + falseAlarms + mistaken > 0;
    });
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Figures by class, ${name}">
      <table>
        <caption>
          ${this.evaluated.length > 1 ? html`<span class="letter">${'AB'[place]}</span>` : nothing}${name}
        </caption>
        <thead>
          <tr>
            <th scope="col"><span class="hidden-text">Class</span></th>
            <th scope="col">defects</th>
            <th scope="col">threshold</th>
            <th scope="col">found</th>
            <th scope="col">confused</th>
            <th scope="col">missed</th>
            <th scope="col">false<br />alarms</th>
            <th scope="col">recall<br />95 %</th>
            <th scope="col">precision<br />95 %</th>
            <th scope="col">AP50<br />95 %</th>
            <th scope="col">AP</th>
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
      <td class=${few}>${truths}${few ? html`<span class="hidden-text"> (few)</span> *` : nothing}</td>
      <td>${score(thresholdOf(id))}</td>
      <td>${found}</td>
      <td>${confused}</td>
      <td>${missed}</td>
      <td>${falseAlarms}</td>
      <td>${percent(found / truths)}<small>${range(wilson(found, truths), percent)}</small></td>
      <td>${percent(found / reported)}<small>${range(wilson(found, reported), percent)}</small></td>
      <td>${fraction(precision?.AP50 ?? NaN)}<small>${range(AP50Interval, fraction)}</small></td>
      <td>${fraction(precision?.AP ?? NaN)}</td>
    </tr>`;
  }

  private renderFew(classes: Evaluated['precision']['classes']): TemplateResult | typeof nothing {
    const few = classes.filter(({ truths }) => truths > 0 && truths < FEW);
    if (few.length === 0) return nothing;
    const names = few.map(({ name, truths }) => `${name} (${truths})`).join(', ');
    return html`<p class="quiet">
      <span class="few">* Fewer than ${FEW} examples: ${names}.</span> The figure may lie anywhere in its
      interval; don’t choose a model or a threshold by it alone.
    </p>`;
  }
}

interface Tile {
  readonly title: string;
  readonly what: string;
  readonly line: (one: Evaluated) => Line;
}

const rate = (count: number, of: number, what: string): Line => ({
  value: percent(count / of),
  of: of > 0 ? `${count} of ${plural(of, what)}` : `no ${what}s among the photos`,
  interval: range(wilson(count, of), percent),
});

const TILES: readonly Tile[] = [
  {
    title: 'Escape rate',
    what: 'Defective parts on which nothing at all is reported',
    line: ({ outcome: { parts } }) => rate(parts.escaped.length, parts.defective.length, 'defective part'),
  },
  {
    title: 'Overkill',
    what: 'Good parts on which something is reported',
    line: ({ outcome: { parts } }) => rate(parts.overkill.length, parts.good.length, 'good part'),
  },
  {
    title: 'False alarms per good part',
    what: 'Detections on good parts, by the number of good parts',
    line: ({ outcome: { parts } }) => ({
      value: score(parts.falseAlarmsOnGood / parts.good.length),
      of: `${parts.falseAlarmsOnGood} on ${plural(parts.good.length, 'good part')}`,
    }),
  },
  {
    title: 'Rejected by luck',
    what: 'Defective parts on which something is reported, but none of their defects',
    line: ({ outcome: { parts } }) => rate(parts.byLuck.length, parts.defective.length, 'defective part'),
  },
  {
    title: 'AP50, mean of classes',
    what: 'Average precision: how well defects are found and ranked, whatever the threshold; outlines overlap by half',
    line: ({ precision }) => ({
      value: fraction(precision.AP50),
      of: plural(precision.classes.filter(({ truths }) => truths > 0).length, 'class', 'classes'),
      interval: range(precision.AP50Interval, fraction),
    }),
  },
  {
    title: 'AP, mean of classes',
    what: 'COCO’s average precision over overlaps from 0.50 to 0.95: exact outlines count',
    line: ({ precision }) => ({ value: fraction(precision.AP), of: `AP75 ${fraction(precision.AP75)}` }),
  },
  {
    title: 'Pixel IoU',
    what: 'How much of the defective area is covered, and nothing else, at a score of 0.5',
    line: ({ precision, photos }) => ({
      value: fraction(precision.pixelIou),
      of: plural(photos.length, 'photo'),
    }),
  },
  {
    title: 'Time per photo, median',
    what: 'From the file to the outlines, on this device; 95 of 100 photos take no longer than p95',
    line: ({ photos }) => {
      const times = timesOf(photos);
      return { value: duration(quantile(times, 0.5)), of: `p95 ${duration(quantile(times, 0.95))}` };
    },
  },
];
