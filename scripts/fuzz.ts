/**
 * `npm run fuzz -- [--only pictures,coco] [--count N] [--seed FIRST] [--docs]`
 *
 * Broken and hostile files of every kind, made from seeds, each against a time limit: it has to end with a result or with an
 * error of the closed set. What doesn't is printed with its seed, `--only KIND --seed SEED --count 1` repeats it, and the
 * command fails. `--docs` writes the figures into docs/fuzzing.md; those of the other kinds stay there.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { KINDS, kindNames, type KindName } from '../tests/fuzz/frame/kind.js';
import { fuzz, type Outcome } from '../tests/fuzz/frame/run.js';
import { seedsOf } from '../tests/fuzz/frame/seeds.js';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    count: { type: 'string' },
    seed: { type: 'string', default: '1' },
    docs: { type: 'boolean', default: false },
  },
});
const known = kindNames();
const asked = values.only?.split(',') ?? known;
const unknown = asked.find((kind) => !known.includes(kind as KindName));
if (unknown !== undefined) {
  console.error(`There is no kind "${unknown}": it is ${known.join(', ')}.`);
  process.exit(2);
}

const DOCS = 'docs/fuzzing.md';
const TABLE = /(?<=<!-- figures -->\n)[^]*(?=<!-- end of figures -->)/;

const outcomes = new Map<KindName, Outcome>();
for (const kind of asked as KindName[]) {
  const seeds = seedsOf(kind, Number(values.count ?? KINDS[kind].count), Number(values.seed));
  console.log(`${kind}: ${seeds.length} cases ...`);
  const outcome = await fuzz(kind, seeds);
  outcomes.set(kind, outcome);
  console.log(`  ${answersOf(outcome)}; ${slowestOf(outcome)}`);
  for (const { seed, what } of outcome.findings) console.log(`  FINDING ${kind} --seed ${seed}: ${what}`);
  if (outcome.findings.length > 0) process.exitCode = 1;
}
if (values.docs) {
  const text = await readFile(DOCS, 'utf8');
  const former = TABLE.exec(text)?.[0].split('\n') ?? [];
  const rows = known.flatMap((kind) => {
    const outcome = outcomes.get(kind);
    return outcome ? rowOf(kind, outcome) : former.filter((row) => row.split(/[ |]+/)[1] === kind);
  });
  const table = ['| kind | cases | findings | answers | slowest |', '| - | - | - | - | - |', ...rows];
  const written = text.replace(TABLE, `\n${table.join('\n')}\n\n`);
  await writeFile(DOCS, await format(written, { ...(await resolveConfig(DOCS)), filepath: DOCS }));
}

function rowOf(kind: KindName, outcome: Outcome): string {
  const cases = outcome.findings.length + [...outcome.answers.values()].reduce((a, b) => a + b, 0);
  return `| ${kind} | ${cases} | ${outcome.findings.length} | ${answersOf(outcome)} | ${slowestOf(outcome)} |`;
}

function answersOf({ answers }: Outcome): string {
  return [...answers]
    .sort(([, a], [, b]) => b - a)
    .map(([answer, count]) => `${answer} ${count}`)
    .join(', ');
}

function slowestOf({ slowest }: Outcome): string {
  return `${Math.round(slowest.time)} ms (seed ${slowest.seed})`;
}
