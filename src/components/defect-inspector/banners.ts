import { html, nothing, type TemplateResult } from 'lit';
import type { InspectorError } from '../../core/errors.js';
import type { LibraryView, ModelChoice } from '../../workbench/models/model-library.js';
import { icons } from '../shared/icons.js';
import { fileSize, plural } from '../../workbench/messages/sentences.js';
import type { ModelState } from '../../workbench/models/model-state.js';

export interface BannerOptions {
  readonly state: ModelState;
  readonly library: LibraryView;
  /** Photos that another model than the one in use has inspected. */
  readonly outdated: number;
  /** What banners were closed about. */
  readonly dismissed: ReadonlySet<object>;
  readonly onDismiss: (subject: object) => void;
  readonly onRetry: () => void;
  readonly onUseShipped: () => void;
  readonly onRemember: () => void;
  readonly onInspectAgain: () => void;
}

/** At most one: what is most urgent about the model. */
export function renderBanner(options: BannerOptions): TemplateResult | typeof nothing {
  const { state, library, dismissed } = options;
  if (state.kind === 'failed') return renderFailure(state.error, library.choice, options);
  if (library.error && !dismissed.has(library.error)) {
    return renderNotice(html`${library.error.message}`, library.error, options);
  }
  if (state.kind !== 'ready') return nothing;
  const { detector, fallback } = state;
  if (fallback) {
    if (dismissed.has(fallback)) return nothing;
    const again = html`<button type="button" @click=${options.onRetry}>Try again</button>`;
    const text = html`${fallback.message} Instead, ${detector.model.name} is in use.`;
    return renderNotice(text, fallback, options, again);
  }
  if (library.choice?.kind === 'visit' && library.canRemember && !dismissed.has(library.choice.model.file)) {
    const { name, file } = library.choice.model;
    const remember = html`<button type="button" @click=${options.onRemember}>Remember it</button>`;
    const text = html`${name} is in use until this page is closed. Remember it on this device
    (${fileSize(file.size)})?`;
    return renderNotice(text, file, options, remember, 'Not now');
  }
  if (options.outdated > 0 && !dismissed.has(detector)) {
    const again = html`<button type="button" @click=${options.onInspectAgain}>Inspect again</button>`;
    const verb = options.outdated === 1 ? 'was' : 'were';
    const text = html`${plural(options.outdated, 'photo')} ${verb} inspected by another model than
    ${detector.model.name}.`;
    return renderNotice(text, detector, options, again);
  }
  return nothing;
}

function renderFailure(
  error: InspectorError,
  choice: ModelChoice | undefined,
  { onRetry, onUseShipped }: BannerOptions,
): TemplateResult {
  return html`<div class="banner error" role="alert">
    ${icons.alert}
    <p>${error.message}</p>
    <button type="button" class="primary" @click=${onRetry}>Try again</button>
    ${
      choice && choice.kind !== 'shipped'
        ? html`<button type="button" @click=${onUseShipped}>Use the shipped model</button>`
        : nothing
    }
  </div>`;
}

function renderNotice(
  text: TemplateResult,
  subject: object,
  { onDismiss }: BannerOptions,
  button: TemplateResult | typeof nothing = nothing,
  close = 'Close',
): TemplateResult {
  return html`<div class="banner" role="status">
    ${icons.info}
    <p>${text}</p>
    ${button}
    <button type="button" class="plain" @click=${() => onDismiss(subject)}>${close}</button>
  </div>`;
}
