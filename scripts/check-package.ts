/** `npm run check:package`: whether what `npm run build:package` has made is fit for npm. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes of the archive. */
const LIMIT = 11e6;
const FOLDER = 'build';

interface PackedFile {
  readonly filename: string;
  readonly size: number;
}

function run(program: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}:\n${stdout}${stderr}`);
  return stdout;
}

mkdirSync(FOLDER, { recursive: true });
const said = run('npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', FOLDER);
const [packed] = JSON.parse(said) as readonly PackedFile[];
if (!packed) throw new Error('npm pack has packed nothing.');
if (packed.size > LIMIT) throw new Error(`The package has ${packed.size} bytes, more than ${LIMIT}.`);
const archive = join(FOLDER, packed.filename);
run('npx', 'publint', 'run', archive, '--strict');
run('npx', 'attw', archive, '--profile', 'esm-only');
console.log(`${packed.filename}: ${(packed.size / 1e6).toFixed(1)} MB, fit for npm.`);
