/** What a person reads of a workbench. */
import { say } from '../../../src/messages/message.js';
import { text } from '../../../src/messages/text.js';
import type { Workbench } from '../../../src/workbench/workbench.js';

export const headline = ({ derived }: Workbench): string => say(text.headlines, derived.headline);

export const announcement = ({ state }: Workbench): string | undefined =>
  state.announcement && say(text.announcements, state.announcement);

export function banner({ derived }: Workbench) {
  const [first] = derived.banners;
  if (!first) return undefined;
  const { isError, notice, buttons, close } = first;
  return {
    isError,
    text: say(text.notices, notice),
    buttons: buttons.map((one) => ({ ...one, text: text.noticeButtons[one.text] })),
    close: close && text.noticeButtons[close.text],
  };
}
