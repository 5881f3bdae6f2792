/** Every part that the documents name can be styled from outside, through all shadow roots between. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { defectRows, drop, sample } from './files.js';
import { useStage } from './harness.js';

const stage = useStage();

async function documented(): Promise<string[]> {
  const [, section] = (await readFile('docs/element.md', 'utf8')).split('## Parts');
  return [...section!.split('\n## ')[0]!.matchAll(/^\| `([\w-]+)`/gm)].map(([, name]) => name!);
}

test('every documented part takes a style from outside', async () => {
  const names = await documented();
  expect(names.length).toBeGreaterThan(5);
  const { page } = await stage.open();
  await drop(page, [await sample()]);
  await defectRows(page).first().waitFor({ timeout: 60_000 });
  await page.evaluate(() => {
    (document.querySelector('defect-inspector') as unknown as { run(command: string): void }).run(
      'lesson.start',
    );
  });
  await page.locator('defect-lesson').waitFor();
  const styled = await page.evaluate((all) => {
    const sheet = new CSSStyleSheet();
    // A colour of its own for each, as a property that is not inherited.
    sheet.replaceSync(
      all.map((name, i) => `defect-inspector::part(${name}) { outline-color: rgb(1, 2, ${i}); }`).join('\n'),
    );
    document.adoptedStyleSheets.push(sheet);
    const elements = (root: ParentNode): Element[] =>
      Array.from(root.querySelectorAll('*')).flatMap((one) => [
        one,
        ...(one.shadowRoot ? elements(one.shadowRoot) : []),
      ]);
    const colors = new Set(elements(document).map((one) => getComputedStyle(one).outlineColor));
    return all.filter((_, i) => colors.has(`rgb(1, 2, ${i})`));
  }, names);
  expect(styled).toEqual(names);
});
