import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { say } from '../../messages/message.js';
import { text, type NoticeButton } from '../../messages/text.js';
import type { CommandId } from '../../workbench/commands/commands.js';
import type { Banner } from '../../workbench/messages/banner.js';
import { icons } from '../shared/icons.js';
import { sendCommand } from '../shared/send-command.js';
import { StyledElement } from '../shared/styled-element.js';

/**
 * @summary A notice above everything else, with its buttons. It is styled by what is around it. One that doesn't stay goes
 * when nobody has pointed at it, or was at it with the keyboard, for as long as it lasts.
 *
 * @event defect-command - What its buttons say, and `notice.dismiss`.
 */
export class DefectBanner extends StyledElement {
  static override properties = { banner: { attribute: false }, areErrorsAnnounced: { attribute: false } };

  declare banner: Banner;
  /** Whether a screen reader hears of errors elsewhere: read out here as well, they would be heard twice. */
  declare areErrorsAnnounced: boolean;

  private subject: object | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.areErrorsAnnounced = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const type of ['pointerenter', 'pointerleave', 'focusin', 'focusout'])
      this.addEventListener(type, this.wait);
    if (this.hasUpdated) this.wait();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { subject } = this.banner.close ?? {};
    if (!changed.has('banner') || subject === this.subject) return;
    this.subject = subject;
    this.wait();
  }

  override render(): TemplateResult {
    const { isError, notice, buttons, close } = this.banner;
    const isCounting = notice.reason === 'looking-through';
    const isRead = isCounting || (this.areErrorsAnnounced && notice.reason === 'error');
    return html`<div
      class=${isError ? 'banner error' : 'banner'}
      role="status"
      aria-live=${isRead ? 'off' : 'polite'}
    >
      ${isError ? icons.alert : icons.info}
      <p>${say(text.notices, notice)}</p>
      <div class="buttons">
        ${buttons.map(({ text: name, command }, i) =>
          renderButton(name, isError && i === 0 ? 'primary' : '', command, () => sendCommand(this, command)),
        )}
        ${close ? renderButton(close.text, 'plain', 'notice.dismiss', () => this.dismiss()) : nothing}
      </div>
    </div>`;
  }

  /** Begins to wait anew, or waits no longer while somebody is here. */
  private readonly wait = (): void => {
    clearTimeout(this.timer);
    const { lasts } = this.banner;
    const isWanted = this.matches(':hover') || this.querySelector(':focus-visible') !== null;
    if (lasts !== undefined && !isWanted) this.timer = setTimeout(() => this.dismiss(), lasts);
  };

  private dismiss(): void {
    const { close } = this.banner;
    if (close) sendCommand(this, 'notice.dismiss', { subject: close.subject });
  }
}

function renderButton(name: NoticeButton, kind: string, command: CommandId, act: () => void): TemplateResult {
  const said = text.noticeButtons[name];
  return html`<button type="button" class=${kind} data-command=${command} @click=${act}>${said}</button>`;
}
