import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { toReason } from '../../core/errors.js';
import type { ModelHints, ModelInfo } from '../../core/types.js';
import { text as models } from '../../messages/models-text.js';
import { text, write } from '../../messages/text.js';
import type { CustomModel } from '../../model/custom-models.js';
import { controls } from '../shared/controls.styles.js';
import { DialogView } from '../shared/dialog.js';
import { formText } from '../shared/form-text.js';
import { icons } from '../shared/icons.js';
import { sendCommand } from '../shared/send-command.js';
import type { ModelState } from '../../workbench/models/model-state.js';
import { fields } from '../shared/fields.styles.js';
import './hints-form.js';
import type { LibraryView, ModelChoice } from '../../workbench/models/model-library.js';
import { VERSION } from '../shared/version.js';
import { styles } from './models-dialog.styles.js';

/** From what the error says in data, in the language in use. */
const sentenceOf = (error: Error): string => text.notices.error({ error: toReason(error) });

const EMPTY: LibraryView = { catalogue: [], remembered: [], canRemember: false };

/**
 * @summary The models: which one is in use, which ones there are, and what is kept on this device.
 *
 * @event defect-command - `model.choose`, `model.file` ...: something was asked for. `dialog.close`: it has been closed.
 */
export class DefectModelsDialog extends DialogView {
  static override styles = [controls, fields, styles];

  static override properties = {
    ...DialogView.properties,
    view: { attribute: false },
    state: { attribute: false },
    isIsolated: { attribute: false },
    editing: { state: true },
  };

  declare view: LibraryView;
  declare state: ModelState;
  declare isIsolated: boolean;
  /** The remembered model that is being renamed or deleted. */
  declare private editing: { readonly what: 'rename' | 'delete'; readonly hash: string } | undefined;

  constructor() {
    super();
    this.view = EMPTY;
    this.state = { kind: 'idle' };
    this.isIsolated = false;
  }

  protected override readonly dialog = 'models';

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="title" @click=${this.clicked} @close=${this.closed}>
      <header>
        <h2 id="title">${models.title}</h2>
        <button type="button" class="plain icon" aria-label=${models.close} @click=${() => this.close()}>
          ${icons.close}
        </button>
      </header>
      ${this.renderNotices()}
      <section aria-labelledby="in-use">${this.renderInUse()}</section>
      <section aria-labelledby="shipped">${this.renderShipped()}</section>
      <section aria-labelledby="own">${this.renderOwn()}</section>
      <section aria-labelledby="add">${this.renderAdd()}</section>
    </dialog>`;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('isOpen') && !this.isOpen) this.editing = undefined;
  }

  private get loaded(): ModelInfo | undefined {
    return this.state.kind === 'ready' ? this.state.detector.model : undefined;
  }

  private renderNotices(): TemplateResult {
    const { error } = this.view;
    const fallback = this.state.kind === 'ready' ? this.state.fallback : undefined;
    return html`<div role="alert">
        ${error ? html`<p class="notice error">${sentenceOf(error)}</p>` : nothing}
      </div>
      ${
        fallback
          ? html`<p class="notice">
              ${text.notices['other-model-in-use']({ error: toReason(fallback), model: this.loaded!.name })}
              <button type="button" class="link" @click=${() => this.choose(this.view.choice)}>
                ${models.tryAgain}
              </button>
            </p>`
          : nothing
      }`;
  }

  private renderInUse(): TemplateResult {
    const { state } = this;
    const title = (name: string, version = '') =>
      html`<h3 id="in-use">${name} <span class="number">${version}</span></h3>`;
    if (state.kind === 'failed')
      return html`${title(models.noModel)}
        <p>${sentenceOf(state.error)}</p>`;
    if (state.kind !== 'ready') {
      return html`${title(state.kind === 'loading' ? text.loading.progress(state.progress) : models.notLoaded)}
        <p>${models.meanwhile}</p>`;
    }
    const { model, runtime, notStored } = state.detector;
    const { name, version, classes, hash, license } = model;
    return html`
      ${title(models.modelInUse(name), version)}
      <p>${models.domain(model)}</p>
      <dl>
        <dt>${models.classes}</dt>
        <dd>${classes.length > 0 ? write.list(classes.map((one) => one.name)) : models.unnamedClasses}</dd>
        <dt>${models.runsOn}</dt>
        <dd class="number">${text.model.threads({ ...runtime, isIsolated: this.isIsolated })}</dd>
        ${
          license
            ? html`<dt>${models.licence}</dt>
                <dd>${license}</dd>`
            : nothing
        }
        <dt>${models.hash}</dt>
        <dd class="number" title=${hash}>${hash.slice(0, 16)}…</dd>
        ${
          VERSION
            ? html`<dt>${models.program}</dt>
                <dd class="number">${VERSION}</dd>`
            : nothing
        }
      </dl>
      ${
        runtime.threads === 1 && !this.isIsolated ? html`<p class="quiet">${models.notIsolated}</p>` : nothing
      }
      ${notStored ? html`<p class="quiet">${sentenceOf(notStored)}</p>` : nothing} ${this.renderHints(model)}
    `;
  }

  /** For a file that somebody has added: this person may know what the file doesn't say. */
  private renderHints(model: ModelInfo): TemplateResult | typeof nothing {
    const { choice, remembered } = this.view;
    // Only files of this project's own format have a version, and those say everything.
    if (this.state.kind !== 'ready' || this.state.fallback || model.version !== '') return nothing;
    if (choice?.kind !== 'visit' && choice?.kind !== 'remembered') return nothing;
    const { hints } =
      choice.kind === 'visit' ? choice.model : (remembered.find(({ hash }) => hash === choice.hash) ?? {});
    return html`<defect-hints-form
      .hints=${hints}
      .classes=${model.classes}
      @hints-change=${({ detail }: CustomEvent<ModelHints>) => sendCommand(this, 'model.hints', { hints: detail })}
    ></defect-hints-form>`;
  }

  private renderShipped(): TemplateResult {
    const { catalogue, choice } = this.view;
    return html`<h3 id="shipped">${models.shipped}</h3>
      ${
        catalogue.length === 0
          ? html`<p class="quiet">${models.noList}</p>
              ${
                choice && choice.kind !== 'shipped'
                  ? html`<div>${this.renderUse(models.useShipped, { kind: 'shipped' })}</div>`
                  : nothing
              }`
          : html`<ul>
              ${catalogue.map(({ name, version, description, bytes, sha256 }, index) =>
                this.renderRow(
                  html`${name} <span class="number">${version}</span>
                    <small class="number">${models.shippedModel({ bytes, description })}</small>`,
                  sha256 === this.loaded?.hash,
                  this.renderUse(
                    models.useModel(name),
                    index === 0 ? { kind: 'shipped' } : { kind: 'catalogue', name },
                  ),
                ),
              )}
            </ul>`
      }`;
  }

  private renderOwn(): TemplateResult {
    const { choice, remembered } = this.view;
    return html`<h3 id="own">${models.own}</h3>
      ${
        choice?.kind === 'visit' || remembered.length > 0
          ? html`<ul>
              ${choice?.kind === 'visit' ? this.renderVisit(choice) : nothing}
              ${remembered.map((model) => this.renderRemembered(model))}
            </ul>`
          : html`<p class="quiet">${models.none}</p>`
      }
      ${this.renderStorage()}`;
  }

  private renderVisit({ model }: ModelChoice & { kind: 'visit' }): TemplateResult {
    const { view, state } = this;
    const isInUse = state.kind === 'ready' && !state.fallback;
    const isRefused = state.kind === 'failed' || (state.kind === 'ready' && !isInUse);
    const about = isRefused ? models.refused : models.forVisit(model.file.size);
    return this.renderRow(
      html`${model.name} <small class="number">${about}</small>`,
      isInUse,
      isRefused
        ? html`<button
            type="button"
            aria-label=${models.takeAwayModel(model.name)}
            @click=${() => sendCommand(this, 'model.use-shipped')}
          >
            ${models.takeAway}
          </button>`
        : nothing,
      view.canRemember && isInUse
        ? html`<button type="button" class="primary" @click=${() => sendCommand(this, 'model.remember')}>
            ${models.remember}
          </button>`
        : nothing,
    );
  }

  private renderRemembered(model: CustomModel): TemplateResult {
    const { hash, name } = model;
    const { editing } = this;
    if (editing?.hash === hash) {
      return editing.what === 'rename' ? this.renderRename(model) : this.renderDelete(model);
    }
    return this.renderRow(
      html`${name} <small class="number">${models.remembered(model)}</small>`,
      hash === this.loaded?.hash,
      this.renderUse(models.useModel(name), { kind: 'remembered', hash }),
      html`<button
          type="button"
          class="plain"
          data-rename=${hash}
          aria-label=${models.renameModel(name)}
          @click=${() => this.edit({ what: 'rename', hash })}
        >
          ${models.rename}
        </button>
        <button
          type="button"
          class="plain"
          data-delete=${hash}
          aria-label=${models.deleteModel(name)}
          @click=${() => this.edit({ what: 'delete', hash })}
        >
          ${models.delete}
        </button>`,
    );
  }

  private renderRename({ hash, name }: CustomModel): TemplateResult {
    const onSubmit = (event: SubmitEvent) => {
      event.preventDefault();
      sendCommand(this, 'model.rename', { hash, name: formText(event, 'name') });
      this.edit(undefined);
    };
    return html`<li>
      <form @submit=${onSubmit}>
        <input name="name" required maxlength="100" aria-label=${models.newName(name)} .value=${name} />
        <button class="primary">${models.save}</button>
        <button type="button" @click=${() => this.edit(undefined)}>${models.keepName(name)}</button>
      </form>
    </li>`;
  }

  private renderDelete({ hash, name }: CustomModel): TemplateResult {
    const isInUse = hash === this.loaded?.hash;
    return html`<li>
      <span class="name">${models.mayDelete({ name, isInUse })}</span>
      <button type="button" class="danger" @click=${() => this.confirmDelete(hash)}>${models.delete}</button>
      <button type="button" data-keep @click=${() => this.edit(undefined)}>${models.keep}</button>
    </li>`;
  }

  private renderStorage(): TemplateResult {
    const { canRemember, storage } = this.view;
    if (!canRemember) return html`<p class="quiet">${models.notRemembered}</p>`;
    if (!storage) return html`<p class="quiet">${models.storageUnknown}</p>`;
    return html`<p class="quiet number">${models.stored(storage)}</p>`;
  }

  private renderAdd(): TemplateResult {
    const { fetching } = this.view;
    return html`<h3 id="add">${models.add}</h3>
      <p class="quiet">${models.howToAdd}</p>
      <div>
        <button type="button" @click=${() => this.fileInput.click()}>${models.chooseFile}</button>
        <input type="file" hidden accept=".onnx" aria-label=${models.file} @change=${this.onFile} />
      </div>
      ${
        fetching
          ? html`<form @submit=${(event: Event) => event.preventDefault()}>
              <progress
                aria-label=${models.loading}
                max="1"
                .value=${fetching.total > 0 ? fetching.loaded / fetching.total : 0}
              ></progress>
              <span class="number">${write.fileSize(fetching.loaded)}</span>
              <button type="button" @click=${() => sendCommand(this, 'model.stop-fetching')}>
                ${models.cancel}
              </button>
            </form>`
          : html`<form @submit=${this.onAddress}>
              <input name="url" required placeholder=${models.addressExample} aria-label=${models.address} />
              <button>${models.load}</button>
            </form>`
      }`;
  }

  private renderRow(
    name: TemplateResult,
    isInUse: boolean,
    use: TemplateResult | typeof nothing,
    more: TemplateResult | typeof nothing = nothing,
  ): TemplateResult {
    return html`<li aria-current=${isInUse ? 'true' : 'false'}>
      <span class="name">${name}</span> ${isInUse ? html`<span class="in-use">${models.inUse}</span>` : use}
      ${more}
    </li>`;
  }

  private renderUse(label: string, choice: ModelChoice): TemplateResult {
    return html`<button type="button" aria-label=${label} @click=${() => this.choose(choice)}>
      ${models.use}
    </button>`;
  }

  private get fileInput(): HTMLInputElement {
    return this.renderRoot.querySelector('input[type="file"]')!;
  }

  private choose(choice: ModelChoice | undefined): void {
    if (choice) sendCommand(this, 'model.choose', { choice });
  }

  /** Moves the focus to what appears, and afterwards back to the button that was pressed. */
  private edit(editing: DefectModelsDialog['editing']): void {
    const former = this.editing;
    this.editing = editing;
    if (editing) this.focusOn(editing.what === 'rename' ? 'input[name="name"]' : '[data-keep]');
    else if (former) this.focusOn(`[data-${former.what}="${former.hash}"]`);
  }

  private confirmDelete(hash: string): void {
    sendCommand(this, 'model.delete', { hash });
    this.editing = undefined;
    // The row with the button in focus is about to be removed.
    this.focusOn('header button');
  }

  private focusOn(selector: string): void {
    if (!this.isOpen) return;
    this.updateComplete
      .then(() => this.renderRoot.querySelector<HTMLElement>(selector)?.focus())
      // An update that failed has said so by itself; there is nothing to focus on then.
      .catch(() => undefined);
  }

  private readonly onAddress = (event: SubmitEvent): void => {
    event.preventDefault();
    sendCommand(this, 'model.fetch', { url: formText(event, 'url').trim() });
  };

  private readonly onFile = ({ target }: Event): void => {
    const input = target as HTMLInputElement;
    const file = input.files?.[0];
    if (file) sendCommand(this, 'model.file', { file });
    // The same file may be chosen again.
    input.value = '';
  };
}
