import { html, nothing, type TemplateResult } from 'lit';
import type { CsvStyle } from '../../core/export/csv-row.js';
import type { Threshold } from '../../core/types.js';
import { controls } from '../shared/controls.styles.js';
import { icons } from '../shared/icons.js';
import { sendCommand } from '../shared/send-command.js';
import { text } from '../../messages/text.js';
import { THEMES, type Theme } from '../../workbench/settings/theme.js';
import { VIEWS, type ExportScope, type View } from '../../workbench/state.js';
import { EXPORT_FORMATS, listsAll } from '../../workbench/exports/export-file.js';
import '../menu/menu.js';
import type { ModelState } from '../../workbench/models/model-state.js';
import { styles } from './top-bar.styles.js';
import { StyledElement } from '../shared/styled-element.js';

const texts = text.topBar;

const VIEW_ICONS = {
  'side-by-side': icons.sideBySide,
  overlay: icons.overlay,
  wipe: icons.wipe,
  original: icons.original,
};
const CSV_STYLES: readonly CsvStyle[] = ['comma', 'semicolon'];

const THEME_ICONS = { auto: icons.themeAuto, light: icons.themeLight, dark: icons.themeDark };

/**
 * @summary Name, model, view, export, theme.
 *
 * @slot actions - Further buttons.
 *
 * @event defect-command - A button was pressed.
 */
export class DefectTopBar extends StyledElement {
  static override styles = [controls, styles];

  static override properties = {
    model: { attribute: false },
    isIsolated: { attribute: false },
    isOwn: { attribute: false },
    view: {},
    isNarrow: { attribute: false },
    theme: {},
    threshold: { attribute: false },
    canExportPhoto: { attribute: false },
    canExportAll: { attribute: false },
    canListAll: { attribute: false },
    csvStyle: { attribute: false },
    hasUsage: { attribute: false },
    teaching: { attribute: false },
  };

  declare model: ModelState;
  declare isIsolated: boolean;
  /** Whether it is a visitor's own model. */
  declare isOwn: boolean;
  declare view: View;
  /** Whether there is room for the model and the views only: the rest is in a menu. */
  declare isNarrow: boolean;
  declare theme: Theme;
  /** Shown in the export menu, because it decides what is exported. */
  declare threshold: Threshold;
  declare canExportPhoto: boolean;
  declare canExportAll: boolean;
  /** Whether there are photos with something to say about, be it that they failed. */
  declare canListAll: boolean;
  declare csvStyle: CsvStyle;
  /** Whether figures of usage are counted. */
  declare hasUsage: boolean;
  /** Whether somebody teaches; undefined where nobody can, or where there are no photos to teach with. */
  declare teaching: boolean | undefined;

  constructor() {
    super();
    this.model = { kind: 'idle' };
    this.isIsolated = false;
    this.isOwn = false;
    this.view = 'side-by-side';
    this.isNarrow = false;
    this.theme = 'auto';
    this.threshold = 'auto';
    this.canExportPhoto = false;
    this.canExportAll = false;
    this.canListAll = false;
    this.csvStyle = 'comma';
    this.hasUsage = false;
  }

  override render(): TemplateResult {
    const { model } = this;
    return html`
      <div class="brand">${logo}<span>Defect Inspector</span></div>
      ${this.renderModel()}
      <span class="space"></span>
      ${this.renderViews()}
      ${this.isNarrow ? this.renderMore() : html`${this.renderExport()}${this.renderActions()}`}
      ${
        model.kind === 'loading'
          ? html`<progress
              aria-label=${texts.loading}
              max="1"
              value=${model.progress.fraction ?? 0}
            ></progress>`
          : nothing
      }
    `;
  }

  private renderActions(): TemplateResult {
    return html`${this.teaching === undefined ? nothing : this.renderTeach(this.teaching)}<button
        type="button"
        class="evaluate"
        data-close
        title=${texts.evaluateTitle}
        aria-label=${texts.evaluate}
        @click=${() => sendCommand(this, 'evaluation.open')}
      >
        ${icons.evaluate}<span aria-hidden="true">${texts.evaluate}</span>
      </button>
      ${
        this.hasUsage
          ? html`<button type="button" @click=${() => sendCommand(this, 'usage.open')}>
              ${texts.usage}
            </button>`
          : nothing
      }
      <slot name="actions"></slot>
      ${this.renderTheme()}
      <button
        type="button"
        class="plain icon keys"
        data-close
        title=${texts.keysTitle}
        aria-label=${texts.keys}
        @click=${() => sendCommand(this, 'dialog.keys')}
      >
        ${icons.keyboard}
      </button>`;
  }

  private renderTeach(isTeaching: boolean): TemplateResult {
    return html`<button
      type="button"
      class="evaluate teach"
      data-close
      title=${isTeaching ? texts.endTeaching : texts.teachTitle}
      aria-label=${texts.teach}
      aria-pressed=${isTeaching}
      @click=${() => sendCommand(this, isTeaching ? 'lesson.close' : 'lesson.start')}
    >
      ${icons.teach}<span aria-hidden="true">${texts.teach}</span>
    </button>`;
  }

  private renderMore(): TemplateResult {
    return html`<defect-menu class="more" label=${texts.more}>
      <span slot="label" class="hidden-text">${texts.more}</span>
      <span slot="label">${icons.more}</span>
      <h2>${texts.export}</h2>
      ${this.renderExports()}
      <div class="actions">${this.renderActions()}</div>
    </defect-menu>`;
  }

  private renderModel(): TemplateResult {
    return html`<button
      type="button"
      class="model"
      title=${texts.models}
      aria-haspopup="dialog"
      @click=${() => sendCommand(this, 'dialog.models')}
    >
      <span class="hidden-text">${texts.modelsLabel}</span>${this.renderChip()}${icons.chevron}
    </button>`;
  }

  private renderChip(): TemplateResult {
    const { model } = this;
    switch (model.kind) {
      case 'idle':
        return html`<span class="chip">${texts.notLoaded}</span>`;
      case 'loading':
        return html`<span class="chip number">${text.loading.progress(model.progress)}</span>`;
      case 'failed':
        return html`<span class="chip failed">${texts.noModel}</span>`;
      case 'ready': {
        const { name, version } = model.detector.model;
        const { threads } = model.detector.runtime;
        const role = model.fallback ? texts.inPlaceOfChosen : this.isOwn ? texts.yours : '';
        return html`<span class="chip parts"
          ><b>${name}</b>${role ? html`<span class="role">${role}</span>` : nothing}<span class="rest"
            >${texts.inUse({ version, threads, isIsolated: this.isIsolated })}</span
          ></span
        >`;
      }
    }
  }

  private renderViews(): TemplateResult {
    if (this.isNarrow) return this.renderViewMenu();
    return html`<fieldset>
      <legend class="hidden-text">${texts.view}</legend>
      ${VIEWS.map(
        (view) =>
          html`<label title=${texts.viewTitle({ view })}>
            <input
              type="radio"
              name="view"
              .checked=${view === this.view}
              @change=${() => sendCommand(this, 'view.set', { view })}
            />${VIEW_ICONS[view]}<span>${texts.views[view]}</span>
          </label>`,
      )}
    </fieldset>`;
  }

  private renderViewMenu(): TemplateResult {
    const label = texts.viewIs({ view: this.view });
    return html`<defect-menu label=${label}>
      <span slot="label" class="hidden-text">${label}</span>
      <span slot="label">${VIEW_ICONS[this.view]}</span>
      <div class="items" role="group" aria-label=${texts.view}>
        ${VIEWS.map(
          (view) =>
            html`<button
              type="button"
              class="plain"
              data-close
              title=${texts.viewTitle({ view })}
              aria-pressed=${view === this.view}
              @click=${() => sendCommand(this, 'view.set', { view })}
            >
              ${VIEW_ICONS[view]}${texts.views[view]}
            </button>`,
        )}
      </div>
    </defect-menu>`;
  }

  private renderExport(): TemplateResult {
    return html`<defect-menu label=${texts.export}>
      <span slot="label" class="hidden-text">${texts.export}</span>
      <span slot="label">${icons.export}</span
      ><span slot="label" class="export-text" aria-hidden="true">${texts.export}</span>
      ${this.renderExports()}
    </defect-menu>`;
  }

  private renderExports(): TemplateResult {
    const row = (scope: ExportScope, isEnabled: boolean, isListEnabled = isEnabled) =>
      html`<tr>
        <th scope="row">${texts.scopes[scope]}</th>
        ${EXPORT_FORMATS.map(
          (format) =>
            html`<td>
              <button
                type="button"
                data-close
                aria-label=${texts.exportAs({ format: format.toUpperCase(), scope })}
                ?disabled=${!(listsAll(format) ? isListEnabled : isEnabled)}
                @click=${() => sendCommand(this, `export.${format}`, { scope })}
              >
                ${format.toUpperCase()}
              </button>
            </td>`,
        )}
      </tr>`;
    return html`<div class="exports">
      <table>
        <tbody>
          ${row('photo', this.canExportPhoto)} ${row('all', this.canExportAll, this.canListAll)}
        </tbody>
      </table>
      <label class="csv-style">
        ${texts.csvStyle}
        <select @change=${this.onCsvStyle}>
          ${CSV_STYLES.map(
            (style) =>
              html`<option value=${style} ?selected=${style === this.csvStyle}>
                ${texts.csvStyles[style]}
              </option>`,
          )}
        </select>
      </label>
      <p class="number">
        ${this.canListAll ? texts.exported({ threshold: this.threshold }) : texts.nothingToExport}
      </p>
    </div>`;
  }

  private onCsvStyle({ target }: Event): void {
    sendCommand(this, 'export.csv-style', { style: (target as HTMLSelectElement).value as CsvStyle });
  }

  private renderTheme(): TemplateResult {
    const next = THEMES[(THEMES.indexOf(this.theme) + 1) % THEMES.length]!;
    return html`<button
      type="button"
      class="plain icon"
      title=${texts.theme({ theme: this.theme })}
      aria-label=${texts.changeTheme({ theme: this.theme, next })}
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
