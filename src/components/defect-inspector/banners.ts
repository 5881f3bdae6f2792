import { html, nothing, type TemplateResult } from 'lit';
import type { RunCommand } from '../../workbench/commands/commands.js';
import type { Banner } from '../../workbench/messages/banner.js';
import { icons } from '../shared/icons.js';

export function renderBanner({ isError, text, buttons, close }: Banner, run: RunCommand): TemplateResult {
  const button = (name: string, kind: string, act: () => void) =>
    html`<button type="button" class=${kind} @click=${act}>${name}</button>`;
  return html`<div class=${isError ? 'banner error' : 'banner'} role=${isError ? 'alert' : 'status'}>
    ${isError ? icons.alert : icons.info}
    <p>${text}</p>
    ${buttons.map(({ text: name, command }, i) => button(name, isError && i === 0 ? 'primary' : '', () => run(command)))}
    ${close ? button(close.text, 'plain', () => run('notice.dismiss', { subject: close.subject })) : nothing}
  </div>`;
}
