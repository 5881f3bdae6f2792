/** Damaged and hostile `.onnx` files through the pipeline of `src/node`. */
import { readFileSync } from 'node:fs';
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { fromErrorData, type ErrorData } from '../../src/core/errors.js';
import { ENDLESS, IMPLAUSIBLE, UNREADABLE, UNUSABLE, workingModel } from '../corpus/models.js';
import { modelFile } from '../family-fixtures.js';
import { METADATA } from '../unit/model/onnx-builder.js';
import { breakFields } from './frame/break-fields.js';
import { Random } from './frame/random.js';

export interface ModelCase {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What the process of `frame/model-process.ts` says of a case. */
export type ProcessReport =
  | { readonly kind: 'ready' }
  /** The file is read; what follows is the runtime's. */
  | { readonly kind: 'read' }
  | { readonly kind: 'answer'; readonly answer: string }
  | { readonly kind: 'error'; readonly error: ErrorData; readonly isOfRuntime: boolean }
  | { readonly kind: 'finding'; readonly finding: string };

const FIXTURES = [
  'torchvision',
  'ultralytics-raw',
  'ultralytics-end-to-end',
  'ultralytics-detection',
  'classification',
];
const HOSTILE = Object.entries({ ...ENDLESS, ...IMPLAUSIBLE, ...UNREADABLE, ...UNUSABLE });

/** Milliseconds for reading a file, and for what the runtime makes of it: in a browser, a minute and more. */
const LIMITS = { read: 5000, run: 2500 };

/** The same seed gives the same. */
export function generate(seed: number): ModelCase {
  const random = new Random(seed);
  if (random.chance(0.05)) {
    const [name, make] = random.pick(HOSTILE);
    return { name: `${name}.onnx`, bytes: make() };
  }
  if (random.chance(0.2)) return { name: 'metadata.onnx', bytes: withBrokenMetadata(random) };
  const base = random.pick([...FIXTURES, 'ours']);
  const whole = base === 'ours' ? workingModel() : new Uint8Array(readFileSync(modelFile(base)));
  const damage = random.pick(['bytes', 'fields', 'fields', 'fields', 'truncation', 'splice'] as const);
  return { name: `${base}-${damage}.onnx`, bytes: DAMAGES[damage](whole, random) };
}

const DAMAGES = {
  bytes(whole: Uint8Array<ArrayBuffer>, random: Random) {
    const bytes = whole.slice();
    for (let n = random.int(1, 12); n > 0; n--) bytes[random.int(0, bytes.length - 1)] = random.int(0, 255);
    return bytes;
  },
  truncation: (whole: Uint8Array<ArrayBuffer>, random: Random) =>
    whole.slice(0, random.int(0, whole.length - 1)),
  splice(whole: Uint8Array<ArrayBuffer>, random: Random) {
    const at = random.int(0, whole.length - 1);
    const from = random.int(0, whole.length - 1);
    const piece = whole.subarray(from, from + random.int(1, 400));
    const rest = whole.subarray(random.chance(0.5) ? at : Math.min(whole.length, at + piece.length));
    return new Uint8Array([...whole.subarray(0, at), ...piece, ...rest]);
  },
  fields: breakFields,
};

const HOSTILE_VALUES: readonly unknown[] = [
  ...[0, -1, 0.5, 1e9, 1e308, 2 ** 53, -(2 ** 31), 4_294_967_294, null, true, '', 'x'.repeat(100_000)],
  ...[
    [],
    {},
    [[]],
    { length: 1e9 },
    '__proto__',
    '<b>',
    '\u0000',
    '1e9',
    Array.from({ length: 5000 }, () => 1),
  ],
];

/** Some values of our own metadata replaced by others, anywhere in it. */
function withBrokenMetadata(random: Random): Uint8Array<ArrayBuffer> {
  const metadata = structuredClone({ ...METADATA, novelty: { centres: [[0, 1]], limit: 1 } }) as object;
  for (let n = random.int(1, 3); n > 0; n--) {
    let place = metadata as Record<string, unknown>;
    for (;;) {
      const key = random.pick(Object.keys(place).length > 0 ? Object.keys(place) : ['extra']);
      const value = place[key];
      if (typeof value === 'object' && value !== null && random.chance(0.7)) {
        place = value as Record<string, unknown>;
        continue;
      }
      if (random.chance(0.2)) Reflect.deleteProperty(place, key);
      else place[key] = random.pick(HOSTILE_VALUES);
      break;
    }
  }
  return workingModel({}, { metadata: { 'defect-inspector': JSON.stringify(metadata) } });
}

let runner: Promise<ChildProcess> | undefined;

/**
 * Reads and runs it in a process of its own, since nothing else can end a graph that has no end.
 * @throws {InspectorError} whose codes count as answers
 * @throws {Error} where it is a finding: reading took too long, or something else came out than a result or a reason
 */
export async function examine({ bytes }: ModelCase): Promise<string> {
  runner ??= start();
  const report = await ask(await runner, bytes);
  if (report.kind === 'answer') return report.answer;
  // Whatever such a case has left behind goes with its process.
  if (report.kind === 'finding' || report.isOfRuntime) await end();
  if (report.kind === 'finding') throw new Error(report.finding);
  // The runtime itself has broken down: in a browser, its worker is replaced.
  if (report.isOfRuntime) return report.error.code;
  throw fromErrorData(report.error);
}

type Outcome = Exclude<ProcessReport, { readonly kind: 'ready' | 'read' }>;

function ask(child: ChildProcess, bytes: Uint8Array<ArrayBuffer>): Promise<Outcome> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout;
    const finish = (outcome: Outcome) => {
      clearTimeout(timer);
      child.removeAllListeners();
      resolve(outcome);
    };
    const params = { milliseconds: LIMITS.run };
    const endless = { code: 'timed-out', reason: 'photo-took-too-long', params } as const;
    timer = setTimeout(
      () => finish({ kind: 'finding', finding: 'reading the file took too long' }),
      LIMITS.read,
    );
    child.on('message', (report: ProcessReport) => {
      if (report.kind === 'read') {
        clearTimeout(timer);
        timer = setTimeout(() => finish({ kind: 'error', error: endless, isOfRuntime: true }), LIMITS.run);
      } else if (report.kind !== 'ready') finish(report);
    });
    child.on('exit', (code, signal) =>
      finish({ kind: 'finding', finding: `its process has ended (${signal ?? code})` }),
    );
    child.send(bytes);
  });
}

function start(): Promise<ChildProcess> {
  const file = fileURLToPath(new URL('./frame/model-process.ts', import.meta.url));
  const child = fork(file, { execArgv: ['--import', 'tsx'], serialization: 'advanced' });
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child));
    child.once('exit', (code) => reject(new Error(`The process for models ended at once (${code}).`)));
  });
}

async function end(): Promise<void> {
  const ending = runner;
  runner = undefined;
  (await ending)?.kill('SIGKILL');
}
