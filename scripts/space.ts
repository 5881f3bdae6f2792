/** `npm run space`: dist/ as a folder to upload to a Hugging Face static Space. */
import { cp, readFile, rm, writeFile } from 'node:fs/promises';

const readme = await readFile('README.md', 'utf8');
const front = readme.match(/^---\n([\s\S]*?)\n---\n/)?.[1];
if (!front) throw new Error('README.md has no front matter.');
const built = front
  .split('\n')
  .filter((line) => !line.startsWith('app_build_command:'))
  .map((line) => (line.startsWith('app_file:') ? 'app_file: index.html' : line));

await rm('build/space', { recursive: true, force: true });
await cp('dist', 'build/space', { recursive: true });
await writeFile(
  'build/space/README.md',
  `---\n${built.join('\n')}\n---\n\nBuilt files of Defect Inspector. Photos are inspected in the browser and never uploaded.\n`,
);
console.log('build/space is ready to upload.');
