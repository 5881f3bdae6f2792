import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { controls } from '../shared/controls.styles.js';
import { icons } from '../shared/icons.js';
import { sendCommand } from '../shared/send-command.js';
import { text } from '../../messages/text.js';
import type { ExportFormat, ExportScope, Theme, View } from '../../workbench/state.js';
import '../menu/menu.js';
import type { ModelState } from '../../workbench/models/model-state.js';
import { styles } from './top-bar.styles.js';

const VIEWS: readonly { value: View; text: string; icon: TemplateResult }[] = [
  { value: 'side-by-side', text: 'Side by side', icon: icons.sideBySide },
  { value: 'overlay', text: 'Overlay', icon: icons.overlay },
  { value: 'original', text: 'Original', icon: icons.original },
];

const FORMATS: readonly { value: ExportFormat; text: string }[] = [
  { value: 'csv', text: 'CSV' },
  { value: 'json', text: 'JSON' },
  { value: 'coco', text: 'COCO' },
];

const THEMES: readonly Theme[] = ['auto', 'light', 'dark'];
const THEME_ICONS = { auto: icons.themeAuto, light: icons.themeLight, dark: icons.themeDark };

/**
 * @summary Name, model, view, export, theme.
 *
 * @slot actions - Further buttons.
 *
 * @event defect-command - Whatever its buttons say.
 */
export class DefectTopBar extends LitElement {
  static override styles = [controls, styles];

  static override properties = {
    model: { attribute: false },
    isIsolated: { attribute: false },
    isOwn: { attribute: false },
    view: {},
    theme: {},
    thresholdText: {},
    canExportPhoto: { attribute: false },
    canExportAll: { attribute: false },
  };

  declare model: ModelState;
  declare isIsolated: boolean;
  /** Whether somebody has brought the model along. */
  declare isOwn: boolean;
  declare view: View;
  declare theme: Theme;
  /** Said in the export menu, since it decides what is exported. */
  declare thresholdText: string;
  declare canExportPhoto: boolean;
  declare canExportAll: boolean;

  constructor() {
    super();
    this.model = { kind: 'idle' };
    this.isIsolated = false;
    this.isOwn = false;
    this.view = 'side-by-side';
    this.theme = 'auto';
    this.thresholdText = '';
    this.canExportPhoto = false;
    this.canExportAll = false;
  }

  override render(): TemplateResult {
    const { model } = this;
    return html`
      <div class="brand">${logo}<span>Defect Inspector</span></div>
      ${this.renderModel()}
      <span class="space"></span>
      ${this.renderViews()} ${this.renderExport()}
      <button
        type="button"
        class="evaluate"
        title="Evaluate the model on annotated photos (E)"
        aria-label="Evaluate"
        @click=${() => sendCommand(this, 'evaluation.open')}
      >
        ${icons.evaluate}<span aria-hidden="true">Evaluate</span>
      </button>
      <slot name="actions"></slot>
      ${this.renderTheme()}
      <button
        type="button"
        class="plain icon keys"
        title="Keys (?)"
        aria-label="Keys"
        @click=${() => sendCommand(this, 'dialog.keys')}
      >
        ${icons.keyboard}
      </button>
      ${
        model.kind === 'loading'
          ? html`<progress
              aria-label="Loading the model"
              max="1"
              value=${model.progress.fraction ?? 0}
            ></progress>`
          : nothing
      }
    `;
  }

  private renderModel(): TemplateResult {
    return html`<button
      type="button"
      class="model"
      title="Models"
      aria-haspopup="dialog"
      @click=${() => sendCommand(this, 'dialog.models')}
    >
      <span class="hidden-text">Models:</span>${this.renderChip()}${icons.chevron}
    </button>`;
  }

  private renderChip(): TemplateResult {
    const { model } = this;
    switch (model.kind) {
      case 'idle':
        return html`<span class="chip">Model loaded with the first photo</span>`;
      case 'loading':
        return html`<span class="chip number">${text.loading.progress(model.progress)}</span>`;
      case 'failed':
        return html`<span class="chip failed">No model</span>`;
      case 'ready': {
        const { name, version } = model.detector.model;
        const role = model.fallback ? 'in place of the chosen model' : this.isOwn ? 'your model' : '';
        return html`<span class="chip"
          ><b>${name}</b>${role ? html` <span class="role">${role}</span>` : nothing}
          <span class="rest"
            >${version} ·
            ${text.model.threads({ ...model.detector.runtime, isIsolated: this.isIsolated })}</span
          ></span
        >`;
      }
    }
  }

  private renderViews(): TemplateResult {
    return html`<fieldset>
      <legend class="hidden-text">View</legend>
      ${VIEWS.map(
        ({ value, text, icon }) =>
          html`<label title="${text} (V)">
            <input
              type="radio"
              name="view"
              .checked=${value === this.view}
              @change=${() => sendCommand(this, 'view.set', { view: value })}
            />${icon}<span>${text}</span>
          </label>`,
      )}
    </fieldset>`;
  }

  private renderExport(): TemplateResult {
    const row = (title: string, scope: ExportScope, isEnabled: boolean) =>
      html`<tr>
        <th scope="row">${title}</th>
        ${FORMATS.map(
          ({ value, text }) =>
            html`<td>
              <button
                type="button"
                data-close
                aria-label="${text}, ${title.toLowerCase()}"
                ?disabled=${!isEnabled}
                @click=${() => sendCommand(this, `export.${value}`, { scope })}
              >
                ${text}
              </button>
            </td>`,
        )}
      </tr>`;
    return html`<defect-menu label="Export">
      <span slot="label" class="hidden-text">Export</span>
      <span slot="label">${icons.export}</span
      ><span slot="label" class="export-text" aria-hidden="true">Export</span>
      <div class="exports">
        <table>
          <tbody>
            ${row('This photo', 'photo', this.canExportPhoto)} ${row('All photos', 'all', this.canExportAll)}
          </tbody>
        </table>
        <p class="number">
          ${
            this.canExportAll
              ? `What is at or above the threshold: ${this.thresholdText}.`
              : 'There is something to export after the first result.'
          }
        </p>
      </div>
    </defect-menu>`;
  }

  private renderTheme(): TemplateResult {
    const next = THEMES[(THEMES.indexOf(this.theme) + 1) % THEMES.length]!;
    return html`<button
      type="button"
      class="plain icon"
      title="Theme: ${this.theme}"
      aria-label="Theme: ${this.theme}. Change to ${next}."
      @click=${() => sendCommand(this, 'theme.set', { theme: next })}
    >
      ${THEME_ICONS[this.theme]}
    </button>`;
  }
}

const logo = html`<svg
  viewBox="0 0 22 22"
  aria-hidden="true"
  fill="none"
  stroke="currentColor"
  stroke-width="1.8"
>
  <path d="M2 7V2h5M15 2h5v5M20 15v5h-5M7 20H2v-5" />
  <path
    d="M8.500 13c-1.300-2.400.6-5 3.300-4.700 3 .3 3.300 3.300 2.200 4.800-1.400 2.200-4.400 1.900-5.500-.1z"
    stroke="var(--defect-accent)"
  />
</svg>`;
