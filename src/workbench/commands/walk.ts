import type { Bench, Command, CommandTable } from './command.js';
import type { CommandId } from './commands.js';
import { lessonCommands } from './lessons.js';

type WalkCommand = Extract<CommandId, `walk.${string}`>;

export const walkCommands: CommandTable<WalkCommand> = {
  'walk.start': {
    run: (bench) => bench.watch(bench.startWalk()),
    isEnabled: ({ ports }) => ports.offersTeaching() && ports.lessonSamples() !== undefined,
  },
  'walk.show-me': walk((bench) => bench.walk?.show()),
  'walk.skip': walk((bench) => bench.walk?.skip()),
  'walk.leave': walk((bench) => bench.walk?.leave()),
  'walk.own-part': walk((bench) => lessonCommands['lesson.start'].run(bench, undefined)),
};

/** Does nothing while nobody is led through. */
function walk(run: (bench: Bench) => void): Command<undefined> {
  return { run, isEnabled: ({ store }) => store.state.walk !== undefined };
}
