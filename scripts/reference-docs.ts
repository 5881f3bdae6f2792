/**
 * `npm run docs:reference`: the pages of `docs/` that are made from comments in the code. With `--check` (`npm run check:docs`) it fails where
 * one of them says otherwise.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { elementPage } from './element-docs.js';
import { programPage } from './program-docs.js';

const PAGES = { 'docs/element.md': elementPage, 'docs/program.md': programPage };

const isCheck = process.argv.includes('--check');
for (const [path, make] of Object.entries(PAGES)) {
  const options = await resolveConfig(path);
  const made = await format(await make(), { ...options, filepath: path });
  if (!isCheck) await writeFile(path, made);
  else if (made !== (await readFile(path, 'utf8').catch(() => ''))) {
    console.error(`${path} says something else than the code does: run “npm run docs:reference”.`);
    process.exitCode = 1;
  }
}
