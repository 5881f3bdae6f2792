/** `tsx tests/write-lesson.ts FILE`: the walk-through's lesson as the page exports it for training, for Python to open. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { PhotoEntry } from '../src/workbench/batch/photo-batch.js';
import { cocoZip } from '../src/workbench/lessons/coco-zip.js';
import type { Lesson, Teaching } from '../src/workbench/lessons/lesson.js';
import { parseSamples } from '../src/workbench/lessons/walk-samples.js';

const FOLDER = 'public/samples/lesson/';
const SIZE = { width: 640, height: 480 };

const samples = parseSamples(JSON.parse(readFileSync(`${FOLDER}lesson.json`, 'utf8')));
const taught = samples.photos.filter(({ isTaught }) => isTaught);
const photos = taught.map(({ isGood, marks }, i): [number, Teaching] => [
  i + 1,
  isGood ? { isGood } : { isGood, marks: marks.map((mark, k) => ({ id: 10 * i + k + 1, ...mark })) },
]);
const lesson: Lesson = {
  name: samples.part,
  classes: samples.classes,
  photos: new Map(photos),
  nextClassId: samples.classes.length + 1,
  nextMarkId: 1000,
};
const entries = taught.map(({ file: name }) => {
  const input = new File([readFileSync(FOLDER + name)], name);
  // Of what is known of an inspected photo, the export takes no more.
  return { input, name, output: { image: SIZE } } as unknown as PhotoEntry;
});
const unused = () => Promise.reject(new Error('These photos are taken as they are.'));
const { file } = await cocoZip(
  lesson,
  (id) => entries[id - 1],
  () => '',
  { file: async (input) => input as File, png: unused, thumbnail: unused },
);
writeFileSync(process.argv[2]!, new Uint8Array(await file.arrayBuffer()));
