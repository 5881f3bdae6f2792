import type { ArgsOf, CommandId } from '../../workbench/commands/commands.js';

/** What a view asks for; the inspector around it does it. */
export interface SentCommand<Id extends CommandId = CommandId> {
  readonly command: Id;
  readonly args: ArgsOf<Id>;
}

export const COMMAND_EVENT = 'defect-command';

/** Tells the inspector around a view what somebody wants, however many shadow roots lie between. */
export function sendCommand<Id extends CommandId>(view: HTMLElement, command: Id, ...args: ArgsOf<Id>): void {
  const detail: SentCommand<Id> = { command, args };
  view.dispatchEvent(new CustomEvent(COMMAND_EVENT, { detail, bubbles: true, composed: true }));
}

export type SendCommand = <Id extends CommandId>(command: Id, ...args: ArgsOf<Id>) => void;

/** The same, of one view. */
export const senderOf =
  (view: HTMLElement): SendCommand =>
  (command, ...args) =>
    sendCommand(view, command, ...args);
