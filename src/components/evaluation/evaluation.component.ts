import { html, nothing, type TemplateResult } from 'lit';
import { text } from '../../messages/evaluation-text.js';
import type { CaseRequest } from '../../workbench/evaluation/cases.js';
import type { DatasetSummary } from '../../workbench/evaluation/evaluator-api.js';
import { failureSentence } from '../../workbench/evaluation/failure-sentence.js';
import {
  isRunning,
  NO_EVALUATION,
  type EvaluationState,
  type Picture,
} from '../../workbench/evaluation/state.js';
import type { RunTime } from '../../workbench/evaluation/run-detail.js';
import type { Banner } from '../../workbench/messages/banner.js';
import { bannerStyles } from '../banner/banner.styles.js';
import { renderBanners } from '../banner/banners.template.js';
import { fields } from '../shared/fields.styles.js';
import { controls } from '../shared/controls.styles.js';
import { DialogView } from '../shared/dialog.js';
import { icons } from '../shared/icons.js';
import { sendCommand, senderOf } from '../shared/send-command.js';
import './changes.js';
import './confusion.js';
import './curve.js';
import { styles } from './evaluation.styles.js';
import './figures.js';
import './gallery.js';
import './intake.js';
import './mapping.js';
import { panel } from './panel.styles.js';
import './progress.js';
import './thresholds.js';
import { renderResults } from './results.template.js';
import { renderSetup } from './setup.template.js';

/**
 * @summary How good a model is on a person's own annotated photos, and how it compares with another model.
 *
 * @event defect-command - Something is to be done: `evaluation.start`, `evaluation.count` ...
 */
export class DefectEvaluation extends DialogView {
  static override styles = [controls, fields, panel, bannerStyles, styles];

  static override properties = {
    ...DialogView.properties,
    state: { attribute: false },
    time: { attribute: false },
    picture: { attribute: false },
    banners: { attribute: false },
  };

  declare state: EvaluationState;
  /** How long the photos would take. */
  declare time: RunTime;
  /** Gives a photo, and what to draw on it, for the model at that place. */
  declare picture: ((place: number, photo: number) => Promise<Picture | undefined>) | undefined;

  /** What else there is to say while this is open. */
  declare banners: readonly Banner[];

  private readonly send = senderOf(this);

  constructor() {
    super();
    this.state = NO_EVALUATION;
    this.time = () => undefined;
    this.banners = [];
  }

  protected override readonly dialog = 'evaluation';

  override render(): TemplateResult {
    const { dataset } = this.state;
    return html`<dialog aria-labelledby="title" @close=${this.closed}>
      <header>
        <h2 id="title">${text.title}</h2>
        ${dataset ? this.renderHead(dataset) : html`<span class="about number"></span>`}
        <button
          type="button"
          class="plain icon close"
          ?autofocus=${this.isOpen}
          aria-label=${text.close}
          title=${text.closeKey}
          @click=${() => this.close()}
        >
          ${icons.close}
        </button>
      </header>
      <div class="banners">${renderBanners(this.banners)}</div>
      <main>${dataset ? this.renderDataset(dataset) : this.renderIntake()}</main>
      <div class="hidden-text" role="status">${statusOf(this.state)}</div>
    </dialog>`;
  }

  private renderHead(dataset: DatasetSummary): TemplateResult {
    const isEmpty = this.state.evaluated.length === 0;
    const { send } = this;
    return html`
      <span class="about number">${text.dataset({ ...dataset, photos: dataset.photos.length })}</span>
      <button
        type="button"
        ?disabled=${isEmpty}
        @click=${() => send('evaluation.export', { format: 'json' })}
      >
        ${text.reportJson}
      </button>
      <button type="button" ?disabled=${isEmpty} @click=${() => send('evaluation.export', { format: 'csv' })}>
        ${text.reportCsv}
      </button>
      <button type="button" @click=${() => send('evaluation.clear')}>${text.otherPhotos}</button>
    `;
  }

  private renderIntake(): TemplateResult {
    const { reading, error } = this.state;
    return html`<defect-evaluation-intake
      .reading=${reading}
      .error=${error ? failureSentence(error) : ''}
    ></defect-evaluation-intake>`;
  }

  private renderDataset(dataset: DatasetSummary): TemplateResult {
    const { state, send } = this;
    return html`
      <section aria-label=${text.sections.setup}>
        ${renderSetup(state, dataset, { send, time: this.time })}
      </section>
      ${
        state.list
          ? renderResults(state, state.list, { send, onCases: this.onCases, picture: this.picture })
          : nothing
      }
    `;
  }

  private readonly onCases = ({ detail }: CustomEvent<CaseRequest>): void => {
    sendCommand(this, 'evaluation.list', detail);
    this.updateComplete.then(() => {
      const section = this.renderRoot.querySelector<HTMLElement>('#cases');
      section?.focus({ preventScroll: true });
      section?.scrollIntoView({ block: 'start' });
    }, reportError);
  };
}

function statusOf(state: EvaluationState): string {
  // Its figures would be read out ten times a second.
  if (state.reading) return text.intake.reading({ ...state.reading, step: undefined });
  if (isRunning(state)) return text.inspecting;
  if (state.isWorking) return text.working;
  return state.evaluated.length > 0 ? text.ready : '';
}
