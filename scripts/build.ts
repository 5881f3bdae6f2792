import { spawnSync } from 'node:child_process';

/** Builds the page into dist/. */
export function build(): void {
  const run = spawnSync('npx', ['vite', 'build', '--logLevel', 'warn'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (run.status !== 0) throw new Error('vite build failed.');
}
