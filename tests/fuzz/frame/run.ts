import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { KINDS, type KindName, type Report } from './kind.js';

export interface Finding {
  readonly kind: KindName;
  readonly seed: number;
  readonly what: string;
}

export interface Outcome {
  /** How many cases ended in which answer. */
  readonly answers: ReadonlyMap<string, number>;
  readonly findings: readonly Finding[];
  /** Milliseconds, of the case that took longest. */
  readonly slowest: { readonly seed: number; readonly time: number };
}

/** Of a case's process, MB: what needs more would end a browser's tab as well. */
const MEMORY = 2048;
const PROCESS = fileURLToPath(new URL('./case-process.ts', import.meta.url));

/** Examines the cases of these seeds. A case that takes too long, or ends its process, is a finding, and the next one follows. */
export async function fuzz(kind: KindName, seeds: Iterable<number>): Promise<Outcome> {
  const answers = new Map<string, number>();
  const findings: Finding[] = [];
  let slowest = { seed: 0, time: 0 };
  let child: ChildProcess | undefined;
  try {
    for (const seed of seeds) {
      // The first case waits for what all of them need, such as a model.
      const isFresh = child === undefined;
      child ??= await start(kind);
      const before = performance.now();
      const report = await ask(child, seed, KINDS[kind].limit * (isFresh ? 3 : 1));
      const time = performance.now() - before;
      if (!isFresh && time > slowest.time) slowest = { seed, time };
      if ('answer' in report) {
        answers.set(report.answer, (answers.get(report.answer) ?? 0) + 1);
        continue;
      }
      findings.push({ kind, seed, what: report.finding });
      // Whatever the case has left behind goes with its process.
      child.kill('SIGKILL');
      child = undefined;
    }
  } finally {
    child?.kill('SIGKILL');
  }
  return { answers, findings, slowest };
}

async function start(kind: KindName): Promise<ChildProcess> {
  const child = fork(PROCESS, [kind], { execArgv: ['--import', 'tsx', `--max-old-space-size=${MEMORY}`] });
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`The process for ${kind} ended at once (${code}).`)));
  });
  child.removeAllListeners('exit');
  return child;
}

function ask(child: ChildProcess, seed: number, limit: number): Promise<Report> {
  return new Promise((resolve) => {
    const end = (report: Report) => {
      clearTimeout(timer);
      child.removeAllListeners();
      resolve(report);
    };
    const timer = setTimeout(() => end({ seed, finding: `no answer within ${limit} ms` }), limit);
    child.once('message', (report) => end(report as Report));
    child.once('exit', (code, signal) => end({ seed, finding: `its process ended (${signal ?? code})` }));
    child.send(seed);
  });
}
