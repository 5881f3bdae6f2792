/** The settings that docs/deploy.md gives for web servers. */
import { readFile } from 'node:fs/promises';

/** @param language of the code block, after its three backticks */
export async function snippetOf(language: string): Promise<string> {
  const text = await readFile('docs/deploy.md', 'utf8');
  const [, snippet] = text.match(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'm')) ?? [];
  if (snippet === undefined) throw new Error(`docs/deploy.md has no block of ${language}.`);
  return snippet;
}
