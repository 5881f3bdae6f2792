/** Runs cases of one kind, one after the other, in a process of its own, which can be ended whatever a case does to it. */
import { InspectorError } from '../../../src/core/errors.js';
import { DatasetError } from '../../../src/datasets/errors.js';
import { fileOf, type Kind, type KindName, type Report } from './kind.js';

const { generate, examine } = (await import(fileOf(process.argv[2] as KindName))) as Kind;
/** Of the case under way. */
let current = -1;

const tell = (report: Report) => process.send?.(report);
// What a case throws beside its answer ends it as well.
process.on('uncaughtException', (error) => tell({ seed: current, finding: `unhandled: ${textOf(error)}` }));

async function run(seed: number): Promise<Report> {
  current = seed;
  try {
    return { seed, answer: await examine(await generate(seed)) };
  } catch (error) {
    // That one says that our own code has failed.
    if (error instanceof InspectorError && error.code !== 'worker-crashed')
      return { seed, answer: error.code };
    if (error instanceof DatasetError) return { seed, answer: error.data.reason };
    return { seed, finding: textOf(error) };
  }
}

const textOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 4).join('\n') : String(error);

process.on('message', (seed: number) => {
  run(seed)
    // An unhandled rejection is reported after the case that it comes from, but before the next one.
    .then((report) => setImmediate(() => tell(report)))
    .catch(tell);
});
// Whoever asked has ended: so does this.
process.on('disconnect', () => process.exit());
process.send?.('ready');
