import { text } from '../../messages/cli-text.js';
import { UsageError, type Command } from './command.js';
import { copyAssets } from './copy-assets.js';

/** A new command is a line here. */
const COMMANDS: Readonly<Record<string, Command>> = { 'copy-assets': copyAssets };

export interface Console {
  print(line: string): void;
  complain(line: string): void;
}

/** Runs what was written after `defect-inspector`. @returns the exit status */
export async function run(words: readonly string[], { print, complain }: Console): Promise<number> {
  const [name, ...args] = words;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    print(help());
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    complain(text.unknown({ name }));
    complain(help());
    return 2;
  }
  try {
    await command.run(args, print);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      complain(`${error.message}\n${usageOf(name, command)}`);
      return 2;
    }
    complain(text.failed({ name, why: error instanceof Error ? error.message : String(error) }));
    return 1;
  }
}

const usageOf = (name: string, { usage }: Command): string => `  npx defect-inspector ${name} ${usage}`;

function help(): string {
  const lines = Object.entries(COMMANDS).map(
    ([name, command]) => `${usageOf(name, command)}\n      ${command.summary}`,
  );
  return [text.commands, ...lines].join('\n');
}
