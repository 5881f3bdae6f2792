import type { Bench, Command, CommandTable } from './command.js';
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

/** Whether a command has anything to work on. @throws {RangeError} where there is no such command */
export function isEnabled<Id extends CommandId>(bench: Bench, id: Id, ...args: ArgsOf<Id>): boolean {
  // `ArgsOf` is made of just that type, which the compiler can't follow back.
  return commandOf(id).isEnabled?.(bench, args[0] as Commands[Id]) ?? true;
}

/**
 * Runs a command. Returns false where it has nothing to work on.
 * @throws {RangeError} where there is no such command
 */
export function runCommand<Id extends CommandId>(bench: Bench, id: Id, ...args: ArgsOf<Id>): boolean {
  if (!isEnabled(bench, id, ...args)) return false;
  commandOf(id).run(bench, args[0] as Commands[Id]);
  return true;
}

function commandOf<Id extends CommandId>(id: Id): Command<Commands[Id]> {
  // Programs may pass any string.
  if (!Object.hasOwn(COMMANDS, id)) throw new RangeError(`There is no command “${id}”.`);
  return COMMANDS[id];
}
