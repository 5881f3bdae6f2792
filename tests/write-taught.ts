/** `tsx tests/write-taught.ts FOLDER`: the taught models of the tests as files, for Python to open. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { taughtFile } from './taught.js';

const [folder = '.'] = process.argv.slice(2);
for (const kind of ['linear', 'memory'] as const)
  writeFileSync(join(folder, `${kind}.onnx`), taughtFile(kind));
