/** YOLO folders with broken labels, names and `data.yaml`. */
import { brokenText, JPEG, type DatasetCase } from './frame/dataset-case.js';
import { Random } from './frame/random.js';

export { examineFolder as examine } from './frame/dataset-case.js';

const YAMLS = [
  'names: [pit, crack]',
  'names:\n  0: pit\n  1: crack\n',
  'names: {4294967294: b}',
  'names: {-1: a, 1e9: b, "2": c}',
  'names: &a [*a]',
  'a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nnames: [*c,*c,*c,*c,*c,*c,*c,*c]',
  'names: [pit',
  `names: ${'['.repeat(50_000)}`,
  `names: [${'x'.repeat(100_000)}]`,
  'names: pit',
  '',
];

export function generate(seed: number): DatasetCase {
  const random = new Random(seed);
  const layout = random.pick([
    ['images/', 'labels/'],
    ['train/images/', 'train/labels/'],
    ['', ''],
    ['photos/', 'labels/'],
  ]) as readonly [string, string];
  const stems = ['defect/1', 'defect/Prüfling 2', 'good/1', 'good/3', 'x'];
  const annotated = stems.slice(0, 2);
  const files: Record<string, string | Uint8Array<ArrayBuffer>> = {};
  for (const stem of stems) files[`${layout[0]}${stem}${random.pick(['.jpg', '.jpg', '.jfif', ''])}`] = JPEG;
  for (const stem of annotated) {
    const name = random.chance(0.2) ? encodeURI(stem).normalize('NFD') : stem;
    const lines = Array.from({ length: random.int(1, 3) }, () => line(random));
    files[`${layout[1]}${name}.txt`] = notEmpty(brokenText(lines.join(random.pick(['\n', '\r\n'])), random));
  }
  if (random.chance(0.8)) files['data.yaml'] = brokenText(random.pick(YAMLS), random);
  if (random.chance(0.2)) files['classes.txt'] = random.pick(['pit\ncrack', '', '\0', 'x\n'.repeat(30_000)]);
  const photos = Object.keys(files).filter((path) =>
    annotated.some((stem) => path.replace(/\.j.*$/, '') === `${layout[0]}${stem}`),
  );
  return { name: `yolo-${seed}`, files, annotated: photos };
}

/** A label cut off before its first character says that the part is good. */
const notEmpty = (text: string): string => (text.trim() === '' ? '0 0.1' : text);

function line(random: Random): string {
  const number = () =>
    random.pick([random.next().toFixed(6), random.next().toFixed(6), '1e9', '-0.5', 'NaN', '0', '1e-7', 'x']);
  const sane = () => random.next().toFixed(6);
  const corners = random.pick([2, 3, 4, 5, 500]);
  const value = random.chance(0.7) ? sane : number;
  const numbers = Array.from({ length: 2 * corners + random.pick([0, 0, 0, 1]) }, value);
  return [random.pick(['0', '1', '7', '0.0', '-1', '4294967295']), ...numbers].join(' ');
}
