import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

it('all attributes of the element are known where its tag is written in React', async () => {
  const page = await readFile('docs/element.md', 'utf8');
  const [, table = ''] = /## Attributes\n([^]*?)\n## /.exec(page) ?? [];
  const attributes = Array.from(table.matchAll(/^\| `([a-z-]+)`/gm), ([, name]) => name!);
  expect(attributes).toContain('threshold');
  const [, tag = ''] =
    /type TagAttributes =([^]*?)\ndeclare/.exec(await readFile('src/react.ts', 'utf8')) ?? [];
  expect(attributes.filter((name) => !tag.includes(`'${name}'`))).toEqual([]);
});
