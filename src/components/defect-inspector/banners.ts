import { html, nothing, type TemplateResult } from 'lit';
import type { CommandId, RunCommand } from '../../workbench/commands/commands.js';
import { say } from '../../messages/message.js';
import { text, type NoticeButton } from '../../messages/text.js';
import type { Banner } from '../../workbench/messages/banner.js';
import { icons } from '../shared/icons.js';

export function renderBanner({ isError, notice, buttons, close }: Banner, run: RunCommand): TemplateResult {
  const button = (name: NoticeButton, kind: string, command: CommandId, act: () => void) => {
    const label = text.noticeButtons[name];
    return html`<button type="button" class=${kind} data-command=${command} @click=${act}>${label}</button>`;
  };
  return html`<div class=${isError ? 'banner error' : 'banner'} role=${isError ? 'alert' : 'status'}>
    ${isError ? icons.alert : icons.info}
    <p>${say(text.notices, notice)}</p>
    ${buttons.map(({ text: name, command }, i) => button(name, isError && i === 0 ? 'primary' : '', command, () => run(command)))}
    ${close ? button(close.text, 'plain', 'notice.dismiss', () => run('notice.dismiss', { subject: close.subject })) : nothing}
  </div>`;
}
