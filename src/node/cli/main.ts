#!/usr/bin/env node
/** `npx defect-inspector` */
import { run } from './run.js';

process.exitCode = await run(process.argv.slice(2), {
  print: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
});
