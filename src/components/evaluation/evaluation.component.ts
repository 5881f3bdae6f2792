import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { MappedClass } from '../../core/evaluation/class-mapping.js';
import type { DetectionOutcome, TruthOutcome } from '../../core/evaluation/judgement.js';
import type { Case } from '../../core/evaluation/confusion.js';
import { toReportCsv, toReportJson } from '../../core/evaluation/report.js';
import { InspectorError } from '../../core/errors.js';
import type { ClassThresholds } from '../../core/recipe/recipe.js';
import type { ModelInfo } from '../../core/types.js';
import { readDataset } from '../../datasets/read-dataset.js';
import type { Dataset, Source } from '../../datasets/types.js';
import { zipSource } from '../../datasets/zip.js';
import type { Detector, DetectorFactory, DetectorOptions } from '../../detector/types.js';
import type { CatalogueEntry } from '../../model/catalogue.js';
import { fields } from '../models/fields.styles.js';
import { controls } from '../shared/controls.styles.js';
import { icons } from '../shared/icons.js';
import { saveFile } from '../shared/save-file.js';
import { sendCommand } from '../shared/send-command.js';
import { plural } from '../../workbench/messages/sentences.js';
import type { CaseList } from '../../workbench/evaluation/cases.js';
import './changes.js';
import './confusion.js';
import './curve.js';
import { styles } from './evaluation.styles.js';
import './figures.js';
import './gallery.js';
import './intake.js';
import type { Reading } from './intake.component.js';
import './mapping.js';
import { panel } from './panel.styles.js';
import './progress.js';
import type { PhotoRun } from '../../workbench/evaluation/photo-run.js';
import type { RunView } from './progress.component.js';
import {
  EvaluationSession,
  type Evaluated,
  type Settings,
  type ThresholdRule,
} from '../../workbench/evaluation/session.js';

/** Thresholds that somebody wants to work with from now on. */
export interface ChosenThresholds {
  /** Of the model. */
  readonly hash: string;
  readonly thresholds: ClassThresholds;
}

/** Where the evaluation's models come from. */
export interface EvaluationModels {
  /** The inspector's own detector. */
  readonly current: () => Promise<Detector>;
  readonly factory: DetectorFactory;
  readonly catalogue: () => Promise<readonly CatalogueEntry[]>;
  /** The score from which on the inspector shows a class of that model. */
  readonly inUse: (model: ModelInfo) => (classId: number) => number;
}

const RULES: readonly { readonly value: ThresholdRule; readonly text: string; readonly title: string }[] = [
  { value: 'in-use', text: 'As in use', title: 'The thresholds that the inspector works with now' },
  {
    value: 'f1',
    text: 'Best F1',
    title: 'Per class, the best balance of precision and recall on these photos',
  },
  {
    value: 'cost',
    text: 'Lowest cost',
    title: 'Per class, what missed defects and false alarms cost together',
  },
];

/**
 * @summary How good a model is on a person's own annotated photos, and how it compares with another model.
 *
 * @event thresholds-use - `ChosenThresholds`: these are to be used from now on.
 */
export class DefectEvaluation extends LitElement {
  static override styles = [controls, fields, panel, styles];

  static override properties = {
    models: { attribute: false },
    session: { state: true },
    reading: { state: true },
    error: { state: true },
    list: { state: true },
    catalogue: { state: true },
    used: { state: true },
  };

  declare models: EvaluationModels | undefined;
  declare private session: EvaluationSession | undefined;
  declare private reading: Reading | undefined;
  declare private error: string;
  /** What the gallery shows; the missed defects, where nothing was chosen. */
  declare private list: CaseList | undefined;
  declare private catalogue: readonly CatalogueEntry[];
  /** The figures whose thresholds were taken over last. */
  declare private used: Evaluated | undefined;

  private source: Source | undefined;

  constructor() {
    super();
    this.error = '';
    this.catalogue = [];
  }

  get isOpen(): boolean {
    return this.renderRoot.querySelector('dialog')?.open ?? false;
  }

  async show(): Promise<void> {
    await this.updateComplete;
    if (!this.isOpen) this.renderRoot.querySelector('dialog')!.showModal();
    // Without a network there is nothing to choose from.
    this.catalogue = (await this.models?.catalogue().catch(() => [])) ?? [];
  }

  /** What runs goes on. */
  close(): void {
    this.renderRoot.querySelector('dialog')?.close();
    this.closed();
  }

  private closed(): void {
    sendCommand(this, 'dialog.close', { dialog: 'evaluation' });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    queueMicrotask(() => {
      if (!this.isConnected) this.session?.cancel();
    });
  }

  /** Reads an annotated folder or ZIP in place of the one that is shown. */
  async take(source: Source, annotationFile?: string): Promise<void> {
    const { name } = source;
    await this.read(name, async () => {
      const dataset = await readDataset(source, {
        ...(annotationFile && { annotationFile }),
        onProgress: (done, total) => (this.reading = { name, done, total }),
      });
      this.source = source;
      return dataset;
    });
  }

  async takeZip(file: File): Promise<void> {
    let source: Source | undefined;
    await this.read(file.name, async () => {
      source = await zipSource(file, file.name);
      return undefined;
    });
    if (source) await this.take(source);
  }

  override render(): TemplateResult {
    const { session } = this;
    return html`<dialog aria-labelledby="title" @close=${this.closed}>
      <header>
        <h2 id="title">Evaluation</h2>
        <span class="about number">${session ? datasetSentence(session.dataset) : ''}</span>
        ${session ? this.renderHeaderButtons(session) : nothing}
        <button
          type="button"
          class="plain icon close"
          aria-label="Close"
          title="Close (Esc)"
          @click=${() => this.close()}
        >
          ${icons.close}
        </button>
      </header>
      <main>
        ${
          session
            ? this.renderSession(session)
            : html`<defect-evaluation-intake
                .reading=${this.reading}
                .error=${this.error}
                @source-choose=${({ detail }: CustomEvent<Source>) => this.take(detail)}
                @zip-choose=${({ detail }: CustomEvent<File>) => this.takeZip(detail)}
              ></defect-evaluation-intake>`
        }
      </main>
      <div class="hidden-text" role="status">${session ? statusOf(session) : ''}</div>
    </dialog>`;
  }

  private renderHeaderButtons(session: EvaluationSession): TemplateResult {
    const isEmpty = session.evaluated.length === 0;
    return html`
      <button type="button" ?disabled=${isEmpty} @click=${() => this.save('json')}>Report JSON</button>
      <button type="button" ?disabled=${isEmpty} @click=${() => this.save('csv')}>CSV</button>
      <button type="button" @click=${() => this.startOver()}>Other photos</button>
    `;
  }

  private renderSession(session: EvaluationSession): TemplateResult {
    return html`
      <section aria-label="Photos and model">${this.renderSetup(session)}</section>
      ${session.evaluated.length > 0 ? this.renderResults(session) : nothing}
    `;
  }

  private renderSetup(session: EvaluationSession): TemplateResult {
    const { dataset, runs } = session;
    return html`
      <div class="line">
        <p>${contentSentence(dataset)}</p>
        ${this.renderAnnotationFiles(dataset)} ${this.renderRunButtons(session)}
      </div>
      ${this.renderProblems(dataset)}
      ${this.error ? html`<p class="notice error" role="alert">${this.error}</p>` : nothing}
      ${runs.map(
        (run, place) => html`
          ${
            run.state === 'done' && run.failures.length === 0
              ? nothing
              : html`<defect-evaluation-progress
                  .view=${viewOf(run)}
                  @run-cancel=${() => session.cancel()}
                ></defect-evaluation-progress>`
          }
          <defect-class-mapping
            .mapping=${session.mappingOf(place)}
            .classes=${run.model?.classes ?? []}
            .images=${dataset.images}
            @class-map=${({ detail }: CustomEvent<{ name: string; to: MappedClass }>) =>
              session.map(place, detail.name, detail.to)}
          ></defect-class-mapping>
        `,
      )}
      ${
        session.settings.isAnyDefect && this.knowsNone(session)
          ? html`<p class="notice">
              None of the dataset’s classes has the name of one of the model’s. The figures are for any
              defect, whatever its class, until classes are mapped.
            </p>`
          : nothing
      }
    `;
  }

  private knowsNone({ runs, mappingOf }: EvaluationSession): boolean {
    const mapping = runs.length > 0 ? mappingOf.call(this.session, 0) : new Map<string, MappedClass>();
    return mapping.size > 0 && [...mapping.values()].every((to) => typeof to !== 'number');
  }

  private renderAnnotationFiles({
    annotationFile,
    annotationFiles,
  }: Dataset): TemplateResult | typeof nothing {
    if (annotationFiles.length < 2) return nothing;
    return html`<select
      aria-label="Annotations"
      @change=${({ target }: Event) => this.take(this.source!, (target as HTMLSelectElement).value)}
    >
      ${annotationFiles.map(
        (path) => html`<option value=${path} ?selected=${path === annotationFile}>${path}</option>`,
      )}
    </select>`;
  }

  private renderRunButtons(session: EvaluationSession): TemplateResult | typeof nothing {
    if (session.isRunning) return nothing;
    const first = session.runs[0];
    if (!first || first.photos.length === 0) {
      return html`<button type="button" class="primary" @click=${() => this.runCurrent(session)}>
        Inspect ${plural(session.dataset.images.length, 'photo')}
      </button>`;
    }
    const others = this.catalogue.filter(({ sha256 }) => sha256 !== first.model?.hash);
    return html`
      <select
        aria-label="Compare with another model"
        @change=${(event: Event) => this.onOther(session, event)}
      >
        <option value="">Compare with…</option>
        ${others.map(({ name, version }) => html`<option value=${name}>${name} ${version}</option>`)}
        <option value=".onnx">a model file (.onnx)…</option>
        ${session.runs.length > 1 ? html`<option value="-">no other model</option>` : nothing}
      </select>
      <input
        id="model"
        type="file"
        hidden
        accept=".onnx"
        aria-label="Model file"
        @change=${this.onModelFile}
      />
      <button type="button" @click=${() => this.runCurrent(session)}>Inspect again</button>
    `;
  }

  private renderProblems({ problems }: Dataset): TemplateResult | typeof nothing {
    if (problems.length === 0) return nothing;
    const count = problems.reduce((sum, one) => sum + one.count, 0);
    return html`<details>
      <summary class="few">${plural(count, 'note')} on the files; everything else is used</summary>
      <ul class="problems">
        ${problems.map(({ message, examples, count: files }) => {
          const named = examples.filter((one) => one !== '').join(', ');
          return html`<li>
            ${message}${named ? html` <span class="quiet">${named}${files > examples.length ? ` and ${files - examples.length} more` : ''}</span>` : nothing}
          </li>`;
        })}
      </ul>
    </details>`;
  }

  private renderResults(session: EvaluationSession): TemplateResult {
    const { evaluated, compared, isWorking } = session;
    const list = this.currentList(session);
    const shown = evaluated[list.place] ?? evaluated[0]!;
    return html`
      <section aria-label="How it is counted">${this.renderSettings(session)}</section>
      <section class="bare ${isWorking ? 'working' : ''}" aria-label="Figures" aria-busy=${isWorking}>
        <defect-evaluation-figures .evaluated=${evaluated}></defect-evaluation-figures>
      </section>
      ${
        compared
          ? html`<section aria-label="What has changed">
              <defect-model-changes
                .evaluated=${evaluated}
                .compared=${compared}
                @cases-open=${this.onCases}
              ></defect-model-changes>
            </section>`
          : nothing
      }
      <div class="pair">
        <section aria-label="Precision and recall">
          <defect-pr-curve .evaluated=${evaluated}></defect-pr-curve>
        </section>
        <section aria-label="Confusion">
          <h3>What was taken for what</h3>
          <p class="quiet">
            At the thresholds that apply; a defect counts as found when the outlines overlap by half. Press a
            number to see its photos.
          </p>
          <div class="matrices">
            ${evaluated.map(
              (one, place) =>
                html`<defect-confusion
                  .evaluated=${one}
                  .place=${place}
                  .letter=${evaluated.length > 1 ? 'AB'[place]! : ''}
                  @cases-open=${this.onCases}
                ></defect-confusion>`,
            )}
          </div>
        </section>
      </div>
      <section id="cases" tabindex="-1" aria-label="Photos">
        ${this.renderListChoice(session, list)}
        <defect-case-gallery .evaluated=${shown} .list=${list}></defect-case-gallery>
      </section>
    `;
  }

  private renderSettings(session: EvaluationSession): TemplateResult {
    const { settings, evaluated } = session;
    const [first] = evaluated;
    const canUse = settings.rule !== 'in-use' && first !== undefined && first.proposals.size > 0;
    return html`
      <div class="line">
        ${this.renderChoice(
          'Classes',
          'classes',
          settings.isAnyDefect ? 'any' : 'each',
          [
            { value: 'each', text: 'By class', title: 'A defect must be found as what it is' },
            { value: 'any', text: 'Any defect', title: 'Whatever its class, as long as it is found' },
          ],
          (value) => this.change({ isAnyDefect: value === 'any' }),
        )}
        ${this.renderChoice('Thresholds', 'rule', settings.rule, RULES, (rule) =>
          this.change({ rule: rule as ThresholdRule }),
        )}
        ${
          settings.rule === 'cost'
            ? html`<label class="cost"
                >A missed defect costs
                <input
                  type="number"
                  min="0.1"
                  step="any"
                  .value=${String(settings.costRatio)}
                  @change=${this.onCost}
                />
                false alarms</label
              >`
            : nothing
        }
        ${
          canUse
            ? html`<button type="button" class="primary" @click=${() => this.use(first)}>
                ${this.used === first ? 'In use in the inspector' : 'Use these thresholds'}
              </button>`
            : nothing
        }
      </div>
      ${
        settings.rule === 'in-use'
          ? nothing
          : html`<p class="quiet">
              Chosen on these very photos, so the figures at them are a little too good. Check them on photos
              that were not used for it.
            </p>`
      }
    `;
  }

  private renderChoice(
    legend: string,
    name: string,
    chosen: string,
    options: readonly { readonly value: string; readonly text: string; readonly title: string }[],
    onChange: (value: string) => void,
  ): TemplateResult {
    return html`<fieldset class="choice">
      <legend class="hidden-text">${legend}</legend>
      ${options.map(
        ({ value, text, title }) =>
          html`<label title=${title}
            ><input
              type="radio"
              name=${name}
              .checked=${value === chosen}
              @change=${() => onChange(value)}
            />${text}</label
          >`,
      )}
    </fieldset>`;
  }

  private renderListChoice(session: EvaluationSession, list: CaseList): TemplateResult {
    const place = list.place < session.evaluated.length ? list.place : 0;
    const standard = standardLists(session.evaluated[place]!, place);
    return html`<div class="line">
      ${this.renderChoice(
        'Photos shown',
        'list',
        list.title,
        standard.map(({ title, cases }) => ({ value: title, text: `${title} ${cases.length}`, title })),
        (title) => (this.list = standard.find((one) => one.title === title)),
      )}
      ${
        session.evaluated.length > 1
          ? this.renderChoice(
              'Model',
              'place',
              String(place),
              session.evaluated.map(({ model }, i) => ({
                value: String(i),
                text: `${'AB'[i]}: ${model.name}`,
                title: `${model.name} ${model.version}`,
              })),
              (value) => {
                const other = Number(value);
                this.list = standardLists(session.evaluated[other]!, other)[0];
              },
            )
          : nothing
      }
    </div>`;
  }

  /** Other figures have other cases: a standard list is made anew, any other one gives way to the missed defects. */
  private currentList({ evaluated }: EvaluationSession): CaseList {
    const place = this.list && this.list.place < evaluated.length ? this.list.place : 0;
    const standard = standardLists(evaluated[place]!, place);
    return standard.find(({ title }) => title === this.list?.title) ?? this.list ?? standard[0]!;
  }

  private async read(name: string, read: () => Promise<Dataset | undefined>): Promise<void> {
    this.error = '';
    this.reading = { name, done: 0, total: 0 };
    try {
      const dataset = await read();
      if (dataset) this.begin(dataset);
    } catch (error) {
      // Readers speak in sentences; whatever else happens is the browser's.
      this.error =
        error instanceof RangeError
          ? error.message
          : `${name} can’t be read. If it was moved, choose it again.`;
    } finally {
      this.reading = undefined;
    }
  }

  private begin(dataset: Dataset): void {
    this.session?.cancel();
    this.list = undefined;
    const session = new EvaluationSession(dataset, {
      inUse: (model) => this.models!.inUse(model),
      onChange: () => {
        if (this.session !== session) return;
        if (session.isWorking) this.forgetCases();
        this.requestUpdate();
      },
    });
    this.session = session;
  }

  /** Cases behind a cell or a change point into figures that are being replaced. */
  private forgetCases(): void {
    const place = this.list?.place ?? 0;
    const evaluated = this.session?.evaluated[place];
    const isStandard =
      evaluated && standardLists(evaluated, place).some(({ title }) => title === this.list?.title);
    if (!isStandard) this.list = undefined;
  }

  private startOver(): void {
    this.session?.cancel();
    this.session = undefined;
    this.error = '';
  }

  private runCurrent(session: EvaluationSession): void {
    void session.run(() => this.models!.current(), 0, false);
  }

  /** @throws {InspectorError} when that model can't be had: another one in its place would mislead */
  private async openOther(options: DetectorOptions): Promise<Detector> {
    const detector = await this.models!.factory(options);
    if (!detector.fallback) return detector;
    detector.dispose();
    const { fallback } = detector;
    throw fallback instanceof InspectorError
      ? fallback
      : new InspectorError('model-not-found', fallback.message);
  }

  private onOther(session: EvaluationSession, { target }: Event): void {
    const select = target as HTMLSelectElement;
    const { value } = select;
    select.value = '';
    if (value === '') return;
    if (value === '-') session.removeSecond();
    else if (value === '.onnx') this.renderRoot.querySelector<HTMLInputElement>('#model')!.click();
    else void session.run((signal) => this.openOther({ model: value, signal }), 1, true);
  }

  private readonly onModelFile = ({ target }: Event): void => {
    const input = target as HTMLInputElement;
    const file = input.files?.[0];
    input.value = '';
    if (file) void this.session?.run((signal) => this.openOther({ model: file, signal }), 1, true);
  };

  private readonly onCost = ({ target }: Event): void => {
    const ratio = (target as HTMLInputElement).valueAsNumber;
    if (ratio > 0) this.change({ costRatio: ratio });
  };

  private readonly onCases = ({ detail }: CustomEvent<CaseList>): void => {
    this.list = detail;
    void this.updateComplete.then(() => {
      const section = this.renderRoot.querySelector<HTMLElement>('#cases');
      section?.focus({ preventScroll: true });
      section?.scrollIntoView({ block: 'start' });
    });
  };

  private change(settings: Partial<Settings>): void {
    this.session?.change(settings);
  }

  private use(evaluated: Evaluated): void {
    const thresholds = Object.fromEntries(evaluated.proposals);
    const detail: ChosenThresholds = { hash: evaluated.model.hash, thresholds };
    this.used = evaluated;
    this.dispatchEvent(new CustomEvent<ChosenThresholds>('thresholds-use', { detail }));
  }

  private save(format: 'json' | 'csv'): void {
    const report = this.session!.report();
    const stem = `${report.dataset.name.replace(/\.zip$/i, '')}-evaluation`;
    const [text, type] =
      format === 'json'
        ? [toReportJson(report), 'application/json']
        : [toReportCsv(report), 'text/csv;charset=utf-8'];
    saveFile(new Blob([text], { type }), `${stem}.${format}`);
  }
}

const lists = new WeakMap<Evaluated, readonly CaseList[]>();

/** What there always is to look at; one and the same for the same figures, so that views needn't update. */
function standardLists(evaluated: Evaluated, place: number): readonly CaseList[] {
  const made = lists.get(evaluated) ?? makeLists(evaluated, place);
  lists.set(evaluated, made);
  return made;
}

function makeLists({ outcome }: Evaluated, place: number): readonly CaseList[] {
  const truths = (wanted: TruthOutcome): Case[] =>
    outcome.judgements.flatMap(({ truths: all }, image) =>
      all.flatMap(({ outcome: what, detection }, truth) =>
        what === wanted ? { image, truth, ...(detection !== undefined && { detection }) } : [],
      ),
    );
  const detections = (wanted: DetectionOutcome): Case[] =>
    outcome.judgements.flatMap(({ detections: all }, image) =>
      all.flatMap(({ outcome: what }, detection) => (what === wanted ? { image, detection } : [])),
    );
  return [
    { title: 'Missed', place, cases: truths('missed') },
    { title: 'False alarms', place, cases: detections('false-alarm') },
    { title: 'Confused', place, cases: truths('confused') },
    { title: 'Found', place, cases: truths('found') },
  ];
}

function viewOf({ state, model, done, images, remaining, failures, error }: PhotoRun): RunView {
  return {
    state,
    name: model ? `${model.name} ${model.version}` : '',
    done,
    total: images.length,
    remaining,
    failures: [...failures],
    error: error?.message,
  };
}

const datasetSentence = ({ name, format, images }: Dataset): string =>
  `${name} · ${format} · ${plural(images.length, 'photo')}`;

function contentSentence({ images }: Dataset): TemplateResult {
  const defects = images.reduce((sum, { truths }) => sum + truths.length, 0);
  const good = images.filter(({ truths }) => truths.length === 0).length;
  return html`<b class="number">${plural(images.length, 'photo')}</b>:
    <span class="number"
      >${images.length - good} with ${plural(defects, 'defect')}, ${plural(good, 'good part')}</span
    >`;
}

function statusOf(session: EvaluationSession): string {
  if (session.isRunning) return 'Inspecting';
  if (session.isWorking) return 'Working out the figures';
  return session.evaluated.length > 0 ? 'The figures are ready' : '';
}
