/**
 * `npm run check:size [-- DIST]`
 *
 * What a first visit loads from the built page, and whether that stays within the budgets.
 */
import { sumByKind, visitFiles, type Kind, type Size } from './first-visit.js';

const BUDGETS: readonly ({ readonly what: Kind } & Partial<Size>)[] = [
  // 2.2 % of a first visit. Photos are opened by one rule in the worker and on the page, and each of them holds the code for it; what a
  // model file, a host or a lesson may do wrong is known by the worker and told by the page. Tiles took 15 kB: planning and merging them
  // in the worker, pictures of large photos, and the choice of how they are looked at. Models that score places, which a person may
  // drop at any time, take 3. Lessons take 14: what a person says of photos, with its undo and its keys, where it is offered and
  // shown, and what finds them on this device.
  // The policy of Trusted Types is in the page and in the worker, 1 kB.
  { what: 'code', gzip: 230e3 },
  // Loaded when somebody asks for the evaluation: its views, how what it found is brought back, and its worker, which is one file, so that
  // it runs wherever it is put: the readers of YAML (30 kB) and ZIPs are in it. Small entries of ZIPs are inflated by the worker itself (3 kB),
  // ten times as fast as by the browser's streams.
  { what: 'on demand', gzip: 110e3 },
  // Loaded with the evaluation and with lessons: the page's own reader of ZIPs.
  { what: 'by dataset', gzip: 8e3 },
  // Loaded with the first photo: the worker that decodes for the screen (16 kB); what it does is there for the page, too, and loaded
  // where there can be no worker.
  { what: 'by photo', gzip: 28e3 },
  // Loaded when something is taught: the worker that learns (35 kB), with a reader and writer of ONNX files;
  // the panel with its texts, the walk-through, and what keeps lessons (24 kB); the tools to mark defects with (11 kB).
  { what: 'by lesson', gzip: 83e3 },
  // Loaded when somebody asks for the models or for the usage figures.
  { what: 'dialogs', gzip: 10e3 },
  { what: 'plain http', gzip: 4e3 },
  // Shipped compressed and not compressible further, so both columns are what a visit costs.
  { what: 'runtime', raw: 4e6 },
  { what: 'model', raw: 6e6 },
];

const files = await visitFiles(process.argv[2] ?? 'dist');
const sizes = sumByKind(files);

function print(label: string, { raw, gzip }: Size): void {
  const kB = (bytes: number) => `${(bytes / 1e3).toFixed(1)} kB`.padStart(12);
  console.log(`${label.padEnd(62)}${kB(raw)}${kB(gzip)} gzip`);
}

for (const file of files) print(file.path, file);
console.log();
for (const [kind, size] of sizes) print(kind, size);

for (const { what, ...budget } of BUDGETS) {
  const size = sizes.get(what) ?? { raw: Infinity, gzip: Infinity };
  for (const [unit, limit] of Object.entries(budget)) {
    if (size[unit as keyof Size] <= limit) continue;
    console.error(`The ${what} is over its budget of ${limit / 1e3} kB (${unit}).`);
    process.exitCode = 1;
  }
}
