/** Which photo a file is about that lies beside it, or where the photo would lie in a folder of labels. */
import { appendTo } from '../core/append-to.js';
import { withoutKinds } from './file-index.js';
import { FORMS, normalPath, withoutExtension } from './paths.js';
import type { SourceFile } from './types.js';

/** From the closest relation to the loosest: what a photo's path is, seen from a label's, both without extension. */
const RELATIONS: readonly {
  readonly ofPhoto: (path: string) => readonly string[];
  readonly ofLabel: (path: string) => string;
}[] = [
  { ofPhoto: (path) => [path], ofLabel: (path) => path },
  { ofPhoto: imagesAsLabels, ofLabel: (path) => path },
  { ofPhoto: (path) => [withoutKinds(path)], ofLabel: withoutKinds },
];

/** Photos by the paths that labels of theirs may have. */
export class PairIndex {
  private readonly maps = FORMS.map(() => RELATIONS.map(() => new Map<string, SourceFile[]>()));

  constructor(photos: readonly SourceFile[]) {
    for (const photo of photos) {
      FORMS.forEach((form, f) => {
        const path = form(normalPath(photo.path));
        RELATIONS.forEach(({ ofPhoto }, r) => {
          // Some tools append their extension to the photo's.
          const keys = new Set([withoutExtension(path), path].flatMap(ofPhoto));
          for (const key of keys) appendTo(this.maps[f]![r]!, key, photo);
        });
      });
    }
  }

  /** The photo at the same relative path; several where their extensions alone differ, none where there is none. */
  find({ path }: { readonly path: string }): readonly SourceFile[] {
    for (const [f, form] of FORMS.entries()) {
      const key = withoutExtension(form(normalPath(path)));
      for (const [r, { ofLabel }] of RELATIONS.entries()) {
        const found = this.maps[f]![r]!.get(ofLabel(key));
        if (found) return found;
      }
    }
    return [];
  }
}

/** `a/images/b/1` as `a/labels/b/1`, for each folder that is called so. */
function imagesAsLabels(path: string): string[] {
  const parts = path.split('/');
  return parts.flatMap((part, i) =>
    /^images$/i.test(part) ? [...parts.slice(0, i), 'labels', ...parts.slice(i + 1)].join('/') : [],
  );
}
