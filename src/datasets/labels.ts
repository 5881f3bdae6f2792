/** YOLO's labels: one text file per image. */
import { stem } from './paths.js';

/** Text files that hold no annotations. */
const OTHER_TEXTS = /(^|\/)(classes|labels|names|readme.*|license.*|train|val|test|requirements)\.txt$/i;

export const isLabelPath = (path: string): boolean => /\.txt$/i.test(path) && !OTHER_TEXTS.test(path);

interface Placed {
  readonly path: string;
}

/** Which label belongs to an image: beside it, or in `labels` where the image is in `images`. */
export class LabelIndex<Label extends Placed> {
  private readonly byPath = new Map<string, Label>();
  private readonly byStem = new Map<string, Label[]>();

  constructor(labels: readonly Label[]) {
    for (const label of labels) {
      this.byPath.set(withoutExtension(label.path), label);
      const same = this.byStem.get(stem(label.path));
      if (same) same.push(label);
      else this.byStem.set(stem(label.path), [label]);
    }
  }

  find({ path }: Placed): Label | undefined {
    const key = withoutExtension(path);
    const beside = this.byPath.get(key) ?? this.byPath.get(key.replace(/(^|.*\/)images\//, '$1labels/'));
    if (beside) return beside;
    const sameStem = this.byStem.get(stem(path)) ?? [];
    return sameStem.length === 1 ? sameStem[0] : undefined;
  }
}

const withoutExtension = (path: string): string => path.replace(/\.[^.]*$/, '').toLowerCase();
