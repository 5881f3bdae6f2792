/** YOLO's segmentation format: one text file per image, one line per defect, corners in fractions of the image. */
import { isImagePath, stem } from './paths.js';
import type { Problems } from './problems.js';
import type { DatasetImage, SourceFile, Truth } from './types.js';

/** Text files that hold no annotations. */
const OTHER_TEXTS = /(^|\/)(classes|labels|names|readme.*|license.*|train|val|test|requirements)\.txt$/i;

export const isLabelPath = (path: string): boolean => /\.txt$/i.test(path) && !OTHER_TEXTS.test(path);

/** Files that give the classes their names, the most telling first. */
export function namesFile(files: readonly SourceFile[]): SourceFile | undefined {
  const patterns = [/(^|\/)(data|dataset)\.ya?ml$/i, /(^|\/)classes\.txt$/i, /\.names$/i, /\.ya?ml$/i];
  for (const pattern of patterns) {
    const found = files.find(({ path }) => pattern.test(path));
    if (found) return found;
  }
  return undefined;
}

/** Class names, by number; of a YAML file its entry `names`, of any other text its lines. */
export function parseNames(text: string, path: string): string[] {
  if (!/\.ya?ml$/i.test(path)) {
    return text
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '');
  }
  const lines = text.split(/\r?\n/).map((line) => line.replace(/(^|\s)#.*$/, '$1').trimEnd());
  const start = lines.findIndex((line) => /^["']?names["']?\s*:/.test(line));
  if (start < 0) return [];
  const first = lines[start]!.replace(/^["']?names["']?\s*:/, '').trim();
  const rest = lines.slice(start + 1);
  if (/^[[{]/.test(first)) return flowNames([first, ...rest].join('\n'));
  // The entry ends with the next key at the margin; a list may stand there, too.
  const end = rest.findIndex((line) => /^[^\s-]/.test(line));
  return collect((end < 0 ? rest : rest.slice(0, end)).map((line) => line.trim().replace(/^-\s+/, '')));
}

/** `[a, b]` or `{0: a, 1: b}`, over any number of lines; a comma within quotes belongs to the name. */
function flowNames(text: string): string[] {
  const [, inner = ''] = /^[[{]((?:"[^"]*"|'[^']*'|[^"'\]}])*)/.exec(text) ?? [];
  return collect((inner.match(/(?:"[^"]*"|'[^']*'|[^,"'])+/g) ?? []).map((item) => item.trim()));
}

/** Items `a` or `0: a`, quoted or not. */
function collect(items: readonly string[]): string[] {
  const names: string[] = [];
  for (const item of items) {
    if (item === '') continue;
    const numbered = /^(\d+)\s*:\s*(.*)$/s.exec(item);
    const name = (numbered ? numbered[2]! : item).replace(/^(["'])([\s\S]*)\1$/, '$2').trim();
    if (numbered) names[Number(numbered[1])] = name;
    else names.push(name);
  }
  return Array.from(names, (name, i) => name ?? `class ${i}`);
}

/** The truths of one file. @throws {RangeError} with a sentence, when one of its lines can't be read */
export function yoloTruths(text: string, names: readonly string[]): Truth[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [number, ...corners] = line.split(/\s+/).map(Number);
      if (!Number.isInteger(number) || number! < 0 || !corners.every(Number.isFinite)) {
        throw new RangeError('Left out: a line holds something else than numbers.');
      }
      if (corners.length === 4) {
        throw new RangeError('Left out: a line holds a box. Outlines are needed: export as segmentation.');
      }
      if (corners.length < 6 || corners.length % 2 === 1) {
        throw new RangeError('Left out: a line doesn’t hold pairs of at least three corners.');
      }
      if (corners.some((value) => value < -0.01 || value > 1.01)) {
        throw new RangeError('Left out: corners lie outside the image; they must be fractions from 0 to 1.');
      }
      const className = names[number!] ?? `class ${number!}`;
      return { className, isCrowd: false, outline: { unit: 'fractions', polygon: corners } };
    });
}

/** Which label belongs to an image: beside it, or in `labels` where the image is in `images`. */
export class LabelIndex {
  private readonly byPath = new Map<string, SourceFile>();
  private readonly byStem = new Map<string, SourceFile[]>();

  constructor(labels: readonly SourceFile[]) {
    for (const label of labels) {
      this.byPath.set(withoutExtension(label.path), label);
      const same = this.byStem.get(stem(label.path));
      if (same) same.push(label);
      else this.byStem.set(stem(label.path), [label]);
    }
  }

  find({ path }: SourceFile): SourceFile | undefined {
    const key = withoutExtension(path);
    const beside = this.byPath.get(key) ?? this.byPath.get(key.replace(/(^|.*\/)images\//, '$1labels/'));
    if (beside) return beside;
    const sameStem = this.byStem.get(stem(path)) ?? [];
    return sameStem.length === 1 ? sameStem[0] : undefined;
  }
}

const withoutExtension = (path: string): string => path.replace(/\.[^.]*$/, '').toLowerCase();

/** Every image, with the truths of its label; without one, or with an empty one, it is a good part. */
export async function readYolo(
  files: readonly SourceFile[],
  problems: Problems,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<{ images: DatasetImage[]; classes: string[] }> {
  const photos = files.filter(({ path }) => isImagePath(path));
  const labels = files.filter(({ path }) => isLabelPath(path));
  const source = namesFile(files);
  const names = source ? parseNames(await (await source.blob()).text(), source.path) : [];
  if (names.length === 0) {
    problems.add('No data.yaml or classes.txt names the classes: they are called by their numbers.', '');
  }
  const index = new LabelIndex(labels);
  const used = new Set<SourceFile>();
  const images: DatasetImage[] = [];
  for (const [i, file] of photos.entries()) {
    onProgress(i, photos.length);
    const label = index.find(file);
    if (!label) {
      images.push({ file, truths: [] });
      continue;
    }
    used.add(label);
    try {
      images.push({ file, truths: yoloTruths(await (await label.blob()).text(), names) });
    } catch (error) {
      problems.add(
        error instanceof RangeError ? error.message : 'Left out: the label can’t be read.',
        label.path,
      );
    }
  }
  for (const label of labels) {
    if (!used.has(label)) problems.add('Annotated, but the image is not there.', label.path);
  }
  const found = new Set(images.flatMap(({ truths }) => truths.map(({ className }) => className)));
  return {
    images,
    classes: [
      ...names.filter((name) => found.has(name)),
      ...[...found].filter((name) => !names.includes(name)).sort(),
    ],
  };
}
