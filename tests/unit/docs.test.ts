/** What the documents point at is there: files, headings, commands. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../src/core/errors.js';

const markdown = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
const DOCUMENTS = [
  ...markdown('.'),
  ...markdown('docs'),
  ...markdown('training'),
  'public/models/MODEL_CARD.md',
];
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const read = (path: string): string => readFileSync(path, 'utf8');
/** Without blocks of code, where brackets mean something else. */
const prose = (text: string): string => text.replace(/^```[^]*?^```/gm, '');

/** As GitHub makes them of headings. */
const anchors = (text: string): string[] =>
  [...prose(text).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );

const links = (text: string): string[] =>
  [...prose(text).matchAll(/\[[^\]]*\]\(([^)\s]+)\)/g)].map(([, target]) => target!);

/** Files of this project that are named as code: `src/core/types.ts`, `docs/models.md`. */
const named = (text: string): string[] =>
  [
    ...prose(text).matchAll(
      /`((?:src|workers|scripts|tests|docs|training|bench|examples|public)\/[\w./-]+\.\w+)`/g,
    ),
  ].map(([, path]) => path!);

describe.each(DOCUMENTS)('%s', (path) => {
  const text = read(path);

  it('links to what is there', () => {
    const missing = links(text).filter((link) => {
      if (/^(https?:|mailto:)/.test(link)) return false;
      const [file, anchor] = link.split('#');
      const target = file ? normalize(join(dirname(path), file)) : path;
      if (!existsSync(target)) return true;
      return anchor !== undefined && !anchors(read(target)).includes(anchor);
    });
    expect(missing).toEqual([]);
  });

  it('names files that are there', () => {
    // From the root, or from where the document is.
    const missing = named(text).filter(
      (file) => !file.includes('NAME') && !existsSync(file) && !existsSync(join(dirname(path), file)),
    );
    expect(missing).toEqual([]);
  });

  it('names commands that are there', () => {
    const names = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name!);
    expect(names.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});

/** The compiler knows when one is missing. */
const CODES: Record<ErrorCode, true> = {
  'unsupported-image': true,
  'corrupt-image': true,
  'image-too-large': true,
  'model-not-found': true,
  'model-corrupt': true,
  'model-unsupported': true,
  'timed-out': true,
  'lesson-unusable': true,
  'assets-unavailable': true,
  'no-webassembly': true,
  'out-of-memory': true,
  'worker-crashed': true,
  cancelled: true,
  'storage-full': true,
  offline: true,
};

it('says of every error code what to do, and of no other', () => {
  const explained = [...read('docs/troubleshooting.md').matchAll(/^### `([\w-]+)`$/gm)].map(
    ([, code]) => code!,
  );
  expect(explained.sort()).toEqual(Object.keys(CODES).sort());
});

it('leads from the README to every page of the docs', () => {
  const reached = new Set<string>();
  const follow = (path: string): void => {
    if (reached.has(path)) return;
    reached.add(path);
    for (const link of links(read(path))) {
      const target = normalize(join(dirname(path), link.split('#')[0]!));
      if (target.endsWith('.md') && !/^https?:/.test(link) && existsSync(target)) follow(target);
    }
  };
  follow('README.md');
  expect(markdown('docs').filter((path) => !reached.has(path))).toEqual([]);
});

it('states in the README what the model card states', () => {
  const datasets = ['bsdata', 'neu_seg', 'magnetic_tile'];
  const card = read('public/models/MODEL_CARD.md');
  const row = (beginning: string): string[] =>
    read('README.md')
      .split('\n')
      .find((line) => line.startsWith(`| ${beginning}`))!
      .split('|')
      .slice(2, 5)
      .map((cell) => cell.trim());
  const measured = datasets.map((name) => new RegExp(`^\\| ${name} \\| ([\\d.]+) \\(`, 'm').exec(card)![1]!);
  expect(row('on photos that served to choose')).toEqual(measured.map((value) => Number(value).toFixed(2)));
  const apart = /this file reached mask AP50 (.*?), and pixel IoU/.exec(card)![1]!;
  expect(row('on photos that were kept apart')).toEqual(
    datasets.map((name) => new RegExp(`([\\d.]+) on ${name}`).exec(apart)![1]!),
  );
});

it('would notice what is missing', () => {
  expect(links('see [a](b.md#c) and `[x](y)`')).toContain('b.md#c');
  expect(named('in `src/nothing.ts`, not `src/` or nothing.ts')).toEqual(['src/nothing.ts']);
  expect(anchors('# What is promised, and what holds it\n## `npm test`')).toEqual([
    'what-is-promised-and-what-holds-it',
    'npm-test',
  ]);
});
