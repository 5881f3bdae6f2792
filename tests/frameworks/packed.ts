/** The package as npm would publish it, and folders that have it installed. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Runs a command in a folder. @returns what it has printed @throws {Error} with all that it has printed, where it fails */
export async function command(folder: string, program: string, ...args: string[]): Promise<string> {
  try {
    const { stdout } = await execute(program, args, { cwd: folder, maxBuffer: 64 * 2 ** 20 });
    return stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${args.join(' ')} failed in ${folder}:\n${stdout}\n${stderr}`, {
      cause: error,
    });
  }
}

export interface Packed {
  /** Of the .tgz file. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly files: readonly string[];
}

/** Packs what `npm run build:package` has built. */
export async function pack(): Promise<Packed> {
  if (!existsSync('lib/index.js')) throw new Error('There is no lib/: run `npm run build:package` first.');
  const folder = await temporaryFolder();
  const said = await command('.', 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', folder);
  const [packed] = JSON.parse(said) as { filename: string; size: number; files: { path: string }[] }[];
  if (!packed) throw new Error('npm pack has packed nothing.');
  return {
    path: join(folder, packed.filename),
    size: packed.size,
    files: packed.files.map(({ path }) => path),
  };
}

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'defect-inspector-'));

/** A folder that has the package and Lit, without asking a registry. @param app files to begin with */
export async function offlineFolder({ path }: Packed, app?: string): Promise<string> {
  const folder = await temporaryFolder();
  if (app) await cp(app, folder, { recursive: true });
  await unpack(path, join(folder, 'node_modules', 'defect-inspector'));
  // What Lit itself needs is found from where it really lies.
  for (const name of ['lit', 'vite']) {
    await symlink(resolve('node_modules', name), join(folder, 'node_modules', name), 'dir');
  }
  return folder;
}

export async function unpack(archive: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await command(folder, 'tar', '-xzf', archive, '--strip-components=1');
}

/** A folder with an app whose dependencies npm has installed from its registry, and the package from its archive. */
export async function installedFolder({ path }: Packed, app: string): Promise<string> {
  const folder = await temporaryFolder();
  await cp(app, folder, { recursive: true });
  const file = join(folder, 'package.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as { dependencies?: Record<string, string> };
  const dependencies = { ...manifest.dependencies, 'defect-inspector': `file:${path}` };
  await writeFile(file, JSON.stringify({ ...manifest, dependencies }));
  await command(folder, 'npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts');
  return folder;
}

export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });
