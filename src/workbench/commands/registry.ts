import type { Bench, Command, CommandTable } from './command.js';
import { faultIn } from './args.js';
import type { ArgsOf, CommandId, Commands } from './commands.js';
import { evaluationCommands } from './evaluation.js';
import { lessonCommands } from './lessons.js';
import { lookCommands } from './look.js';
import { modelCommands } from './models.js';
import { pageCommands } from './page.js';
import { photoCommands } from './photos.js';
import { resultCommands } from './results.js';
import { usageCommands } from './usage.js';
import { walkCommands } from './walk.js';

const COMMANDS: CommandTable = {
  ...photoCommands,
  ...lookCommands,
  ...resultCommands,
  ...modelCommands,
  ...evaluationCommands,
  ...lessonCommands,
  ...pageCommands,
  ...usageCommands,
  ...walkCommands,
};

export const COMMAND_IDS = Object.keys(COMMANDS) as readonly CommandId[];

/** Whether a command has anything to work on. @throws {RangeError} where there is no such command */
export function isEnabled<Id extends CommandId>(bench: Bench, id: Id, ...args: ArgsOf<Id>): boolean {
  const command = commandOf(id);
  return !faultIn(id, args[0]) && hasWork(command, bench, given(args[0]));
}

/**
 * Runs a command. Returns false where it has nothing to work on, or is not told what it needs to know, which an event says.
 * @throws {RangeError} where there is no such command
 */
export function runCommand<Id extends CommandId>(bench: Bench, id: Id, ...args: ArgsOf<Id>): boolean {
  const command = commandOf(id);
  const error = faultIn(id, args[0]);
  if (error) bench.ports.emit('error', { error });
  if (error || !hasWork(command, bench, given(args[0]))) return false;
  command.run(bench, given(args[0]));
  return true;
}

const hasWork = <Args>(command: Command<Args>, bench: Bench, args: Args): boolean =>
  command.isEnabled?.(bench, args) ?? true;

/** `ArgsOf` is made of just that type, which the compiler can't follow back. Who passes nothing names no argument. */
const given = <Id extends CommandId>(args: ArgsOf<Id>[0]): Commands[Id] => Object(args) as Commands[Id];

function commandOf<Id extends CommandId>(id: Id): Command<Commands[Id]> {
  // Programs may pass any string.
  if (!Object.hasOwn(COMMANDS, id)) throw new RangeError(`There is no command “${id}”.`);
  return COMMANDS[id];
}
