import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { ModelHints, ModelInfo } from '../../core/types.js';
import type { CustomModel } from '../../model/custom-models.js';
import { controls } from '../shared/controls.styles.js';
import { formText } from '../shared/form-text.js';
import { icons } from '../shared/icons.js';
import { sendCommand } from '../shared/send-command.js';
import { text } from '../../messages/text.js';
import { domainSentence, fileSize, threadsSentence } from '../../workbench/messages/sentences.js';
import type { ModelState } from '../../workbench/models/model-state.js';
import { fields } from './fields.styles.js';
import './hints-form.js';
import type { LibraryView, ModelAction, ModelChoice } from '../../workbench/models/model-library.js';
import { styles } from './models-dialog.styles.js';

const EMPTY: LibraryView = { catalogue: [], remembered: [], canRemember: false };

/**
 * @summary The models: which one is in use, which ones there are, and what is kept on this device.
 *
 * @event model-action - `ModelAction`: something was asked for.
 * @event defect-command - `dialog.close`: it has been closed.
 */
export class DefectModelsDialog extends LitElement {
  static override styles = [controls, fields, styles];

  static override properties = {
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

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="title" @click=${this.onClick} @close=${this.closed}>
      <header>
        <h2 id="title">Models</h2>
        <button type="button" class="plain icon" aria-label="Close" @click=${() => this.close()}>
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

  get isOpen(): boolean {
    return this.dialog.open;
  }

  show(): void {
    this.dialog.showModal();
  }

  close(): void {
    this.dialog.close();
    this.closed();
  }

  private closed(): void {
    this.edit(undefined);
    sendCommand(this, 'dialog.close', { dialog: 'models' });
  }

  private get dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector('dialog')!;
  }

  private get loaded(): ModelInfo | undefined {
    return this.state.kind === 'ready' ? this.state.detector.model : undefined;
  }

  private renderNotices(): TemplateResult {
    const { error } = this.view;
    const fallback = this.state.kind === 'ready' ? this.state.fallback : undefined;
    return html`<div role="alert">
        ${error ? html`<p class="notice error">${error.message}</p>` : nothing}
      </div>
      ${
        fallback
          ? html`<p class="notice">
              ${fallback.message} Instead, ${this.loaded!.name} is in use.
              <button type="button" class="link" @click=${() => this.choose(this.view.choice)}>
                Try again
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
      return html`${title('No model')}
        <p>${state.error.message}</p>`;
    if (state.kind !== 'ready') {
      return html`${title(state.kind === 'loading' ? text.loading.progress(state.progress) : 'Not loaded yet')}
        <p>Photos added meanwhile are inspected as soon as the model is there.</p>`;
    }
    const { model, runtime, notStored } = state.detector;
    const { name, version, classes, hash, license } = model;
    return html`
      ${title(`In use: ${name}`, version)}
      <p>${domainSentence(model)}</p>
      <dl>
        <dt>Classes</dt>
        <dd>${classes.map((one) => one.name).join(', ')}</dd>
        <dt>Runs on</dt>
        <dd class="number">${threadsSentence(runtime, this.isIsolated)}</dd>
        ${
          license
            ? html`<dt>Licence</dt>
                <dd>${license}</dd>`
            : nothing
        }
        <dt>SHA-256</dt>
        <dd class="number" title=${hash}>${hash.slice(0, 16)}…</dd>
      </dl>
      ${
        runtime.threads === 1 && !this.isIsolated
          ? html`<p class="quiet">
              Browsers allow threads only to pages that are isolated from other sites. This one isn’t: results
              are the same, and take longer.
            </p>`
          : nothing
      }
      ${notStored ? html`<p class="quiet">${notStored.message}</p>` : nothing} ${this.renderHints(model)}
    `;
  }

  /** Only the person who has brought the file can know more than it says. */
  private renderHints(model: ModelInfo): TemplateResult | typeof nothing {
    const { choice, remembered } = this.view;
    // Files of this project's own format say everything, their version as well.
    if (this.state.kind !== 'ready' || this.state.fallback || model.version !== '') return nothing;
    if (choice?.kind !== 'visit' && choice?.kind !== 'remembered') return nothing;
    const { hints } =
      choice.kind === 'visit' ? choice.model : (remembered.find(({ hash }) => hash === choice.hash) ?? {});
    return html`<defect-hints-form
      .hints=${hints}
      .classes=${model.classes}
      @hints-change=${({ detail }: CustomEvent<ModelHints>) => this.act({ kind: 'hints', hints: detail })}
    ></defect-hints-form>`;
  }

  private renderShipped(): TemplateResult {
    const { catalogue, choice } = this.view;
    return html`<h3 id="shipped">Shipped models</h3>
      ${
        catalogue.length === 0
          ? html`<p class="quiet">Their list can’t be read now.</p>
              ${
                choice && choice.kind !== 'shipped'
                  ? html`<div>${this.renderUse('the shipped model', { kind: 'shipped' })}</div>`
                  : nothing
              }`
          : html`<ul>
              ${catalogue.map(({ name, version, description, bytes, sha256 }, index) =>
                this.renderRow(
                  html`${name} <span class="number">${version}</span>
                    <small class="number"
                      >${fileSize(bytes)}${description ? ` · ${description}` : ''}</small
                    >`,
                  sha256 === this.loaded?.hash,
                  this.renderUse(name, index === 0 ? { kind: 'shipped' } : { kind: 'catalogue', name }),
                ),
              )}
            </ul>`
      }`;
  }

  private renderOwn(): TemplateResult {
    const { choice, remembered } = this.view;
    return html`<h3 id="own">Your models</h3>
      ${
        choice?.kind === 'visit' || remembered.length > 0
          ? html`<ul>
              ${choice?.kind === 'visit' ? this.renderVisit(choice) : nothing}
              ${remembered.map((model) => this.renderRemembered(model))}
            </ul>`
          : html`<p class="quiet">None on this device.</p>`
      }
      ${this.renderStorage()}`;
  }

  private renderVisit({ model }: ModelChoice & { kind: 'visit' }): TemplateResult {
    const { view, state } = this;
    const isInUse = state.kind === 'ready' && !state.fallback;
    return this.renderRow(
      html`${model.name}
        <small class="number">${fileSize(model.file.size)} · until this page is closed</small>`,
      isInUse,
      nothing,
      view.canRemember && isInUse
        ? html`<button type="button" class="primary" @click=${() => this.act({ kind: 'remember' })}>
            Remember on this device
          </button>`
        : nothing,
    );
  }

  private renderRemembered(model: CustomModel): TemplateResult {
    const { hash, name, bytes, added } = model;
    const { editing } = this;
    if (editing?.hash === hash) {
      return editing.what === 'rename' ? this.renderRename(model) : this.renderDelete(model);
    }
    const date = new Date(added).toLocaleDateString(undefined, { dateStyle: 'medium' });
    return this.renderRow(
      html`${name} <small class="number">${fileSize(bytes)} · added ${date} · ${hash.slice(0, 8)}</small>`,
      hash === this.loaded?.hash,
      this.renderUse(name, { kind: 'remembered', hash }),
      html`<button
          type="button"
          class="plain"
          data-rename=${hash}
          aria-label="Rename ${name}"
          @click=${() => this.edit({ what: 'rename', hash })}
        >
          Rename
        </button>
        <button
          type="button"
          class="plain"
          data-delete=${hash}
          aria-label="Delete ${name}"
          @click=${() => this.edit({ what: 'delete', hash })}
        >
          Delete
        </button>`,
    );
  }

  private renderRename({ hash, name }: CustomModel): TemplateResult {
    const onSubmit = (event: SubmitEvent) => {
      event.preventDefault();
      this.act({ kind: 'rename', hash, name: formText(event, 'name') });
      this.edit(undefined);
    };
    return html`<li>
      <form @submit=${onSubmit}>
        <input name="name" required maxlength="100" aria-label="New name of ${name}" .value=${name} />
        <button class="primary">Save</button>
        <button type="button" @click=${() => this.edit(undefined)}>Keep ${name}</button>
      </form>
    </li>`;
  }

  private renderDelete({ hash, name }: CustomModel): TemplateResult {
    const isInUse = hash === this.loaded?.hash;
    return html`<li>
      <span class="name"
        >Delete ${name} from this
        device?${isInUse ? ' The shipped model is used instead; what was found stays.' : ''}</span
      >
      <button type="button" class="danger" @click=${() => this.confirmDelete(hash)}>Delete</button>
      <button type="button" data-keep @click=${() => this.edit(undefined)}>Keep</button>
    </li>`;
  }

  private renderStorage(): TemplateResult {
    const { canRemember, storage } = this.view;
    if (!canRemember) {
      return html`<p class="quiet">
        Models can’t be remembered here: this browser lets the page store nothing. They work until the page is
        closed.
      </p>`;
    }
    if (!storage) return html`<p class="quiet">This browser doesn’t say how much may be stored.</p>`;
    return html`<p class="quiet number">
      ${fileSize(storage.used)} used on this device, about ${fileSize(storage.free)} free.
      ${
        storage.isPersistent
          ? 'The browser keeps it until it is deleted.'
          : 'The browser may clear it when the device runs out of space, or after weeks without a visit.'
      }
    </p>`;
  }

  private renderAdd(): TemplateResult {
    const { fetching } = this.view;
    return html`<h3 id="add">Add a model</h3>
      <p class="quiet">
        An ONNX file that outlines objects. Drop it anywhere on the page, choose it, or give its address; it
        is checked, and runs here like the shipped one. It is remembered only if you say so.
      </p>
      <div>
        <button type="button" @click=${() => this.fileInput.click()}>Choose a file</button>
        <input type="file" hidden accept=".onnx" aria-label="Model file" @change=${this.onFile} />
      </div>
      ${
        fetching
          ? html`<form @submit=${(event: Event) => event.preventDefault()}>
              <progress
                aria-label="Loading the model"
                max="1"
                .value=${fetching.total > 0 ? fetching.loaded / fetching.total : 0}
              ></progress>
              <span class="number">${fileSize(fetching.loaded)}</span>
              <button type="button" @click=${() => this.act({ kind: 'stop-fetching' })}>Cancel</button>
            </form>`
          : html`<form @submit=${this.onAddress}>
              <input name="url" required placeholder="https://…/model.onnx" aria-label="Address of a model" />
              <button>Load</button>
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
      <span class="name">${name}</span> ${isInUse ? html`<span class="in-use">In use</span>` : use} ${more}
    </li>`;
  }

  private renderUse(name: string, choice: ModelChoice): TemplateResult {
    return html`<button type="button" aria-label="Use ${name}" @click=${() => this.choose(choice)}>
      Use
    </button>`;
  }

  private get fileInput(): HTMLInputElement {
    return this.renderRoot.querySelector('input[type="file"]')!;
  }

  private choose(choice: ModelChoice | undefined): void {
    if (choice) this.act({ kind: 'choose', choice });
  }

  private act(detail: ModelAction): void {
    this.dispatchEvent(new CustomEvent<ModelAction>('model-action', { detail }));
  }

  /** The focus goes to what appears, and back to where it came from. */
  private edit(editing: DefectModelsDialog['editing']): void {
    const former = this.editing;
    this.editing = editing;
    if (editing) this.focusOn(editing.what === 'rename' ? 'input[name="name"]' : '[data-keep]');
    else if (former) this.focusOn(`[data-${former.what}="${former.hash}"]`);
  }

  private confirmDelete(hash: string): void {
    this.act({ kind: 'delete', hash });
    this.editing = undefined;
    // Its row is about to go.
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
    this.act({ kind: 'fetch', url: formText(event, 'url').trim() });
  };

  private readonly onFile = ({ target }: Event): void => {
    const input = target as HTMLInputElement;
    const file = input.files?.[0];
    if (file) this.act({ kind: 'file', file });
    // The same file may be chosen again.
    input.value = '';
  };

  private onClick(event: MouseEvent): void {
    // A click beside the dialog, on its backdrop, reports the dialog itself.
    if (event.target === event.currentTarget) this.close();
  }
}
