import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Container } from '../../datasets/types.js';
import { text } from '../../messages/evaluation-text.js';
import type { ChosenThresholds } from '../../workbench/commands/commands.js';
import type { CaseRequest } from '../../workbench/evaluation/cases.js';
import type { ReportFormat } from '../../workbench/evaluation/evaluator-api.js';
import { failureSentence } from '../../workbench/evaluation/failure-sentence.js';
import type { EvaluationHost } from '../../workbench/evaluation/host.js';
import { EvaluationSession } from '../../workbench/evaluation/session.js';
import { isRunning, type EvaluationState } from '../../workbench/evaluation/state.js';
import { fields } from '../models/fields.styles.js';
import { controls } from '../shared/controls.styles.js';
import { icons } from '../shared/icons.js';
import { saveFile } from '../shared/save-file.js';
import { sendCommand } from '../shared/send-command.js';
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
import { renderResults, type ResultActions } from './results.template.js';
import { renderSetup } from './setup.template.js';

/**
 * @summary How good a model is on a person's own annotated photos, and how it compares with another model.
 *
 * @event thresholds-use - `ChosenThresholds`: these are to be used from now on.
 */
export class DefectEvaluation extends LitElement {
  static override styles = [controls, fields, panel, styles];

  static override properties = { host: { attribute: false } };

  /** Where models and evaluator come from; set once. */
  declare host: EvaluationHost | undefined;

  private session: EvaluationSession | undefined;

  private readonly actions: ResultActions = {
    onCases: ({ detail }) => this.showCases(detail),
    onUse: () => this.use(),
  };

  get isOpen(): boolean {
    return this.renderRoot.querySelector('dialog')?.open ?? false;
  }

  async show(): Promise<void> {
    await this.updateComplete;
    if (!this.isOpen) this.renderRoot.querySelector('dialog')?.showModal();
    await this.session?.loadCatalogue();
  }

  /** What runs goes on. */
  close(): void {
    this.renderRoot.querySelector('dialog')?.close();
    this.closed();
  }

  private closed(): void {
    sendCommand(this, 'dialog.close', { dialog: 'evaluation' });
  }

  /** Reads an annotated folder or ZIP in place of the one that is shown. */
  async take(container: Container): Promise<void> {
    await this.updateComplete;
    await this.session?.read(container);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    queueMicrotask(() => {
      if (!this.isConnected) this.session?.suspend();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('host') || !this.host) return;
    this.session?.close();
    this.session = new EvaluationSession(this.host, () => this.requestUpdate());
  }

  override render(): TemplateResult {
    const { session } = this;
    return html`<dialog aria-labelledby="title" @close=${this.closed}>
      <header>
        <h2 id="title">${text.title}</h2>
        ${session ? this.renderHead(session) : nothing}
        <button
          type="button"
          class="plain icon close"
          aria-label=${text.close}
          title=${text.closeKey}
          @click=${() => this.close()}
        >
          ${icons.close}
        </button>
      </header>
      <main>${session ? this.renderMain(session) : nothing}</main>
      <div class="hidden-text" role="status">${session ? statusOf(session.state) : ''}</div>
    </dialog>`;
  }

  private renderHead(session: EvaluationSession): TemplateResult {
    const { dataset, evaluated } = session.state;
    if (!dataset) return html`<span class="about number"></span>`;
    const isEmpty = evaluated.length === 0;
    const save = (format: ReportFormat) => this.save(session, format);
    return html`
      <span class="about number">${text.dataset({ ...dataset, photos: dataset.photos.length })}</span>
      <button type="button" ?disabled=${isEmpty} @click=${() => save('json')}>${text.reportJson}</button>
      <button type="button" ?disabled=${isEmpty} @click=${() => save('csv')}>${text.reportCsv}</button>
      <button type="button" @click=${() => session.close()}>${text.otherPhotos}</button>
    `;
  }

  private renderMain(session: EvaluationSession): TemplateResult {
    const { dataset, reading, error, list } = session.state;
    if (!dataset) {
      return html`<defect-evaluation-intake
        .reading=${reading}
        .error=${error ? failureSentence(error) : ''}
        @container-choose=${({ detail }: CustomEvent<Container>) => session.read(detail)}
      ></defect-evaluation-intake>`;
    }
    return html`
      <section aria-label=${text.sections.setup}>${renderSetup(session, dataset)}</section>
      ${list ? renderResults(session, list, this.actions) : nothing}
    `;
  }

  private showCases(request: CaseRequest): void {
    this.session?.show(request);
    this.updateComplete.then(() => {
      const section = this.renderRoot.querySelector<HTMLElement>('#cases');
      section?.focus({ preventScroll: true });
      section?.scrollIntoView({ block: 'start' });
    }, reportError);
  }

  private use(): void {
    const detail = this.session?.use();
    if (detail) this.dispatchEvent(new CustomEvent<ChosenThresholds>('thresholds-use', { detail }));
  }

  private async save(session: EvaluationSession, format: ReportFormat): Promise<void> {
    const file = await session.report(format);
    if (file) saveFile(file.blob, file.name);
  }
}

function statusOf(state: EvaluationState): string {
  if (isRunning(state)) return text.inspecting;
  if (state.isWorking) return text.working;
  return state.evaluated.length > 0 ? text.ready : '';
}
