/** Which photo a file is about that lies beside it, or where the photo would lie in a folder of labels. */
import { appendTo } from '../core/append-to.js';
import { whenAsked } from '../core/when-asked.js';
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
  /** By form and relation: most photos are found by the first of both. */
  private readonly maps = FORMS.map((form) =>
    RELATIONS.map(({ ofPhoto }) =>
      whenAsked(() => {
        const found = new Map<string, SourceFile[]>();
        for (const photo of this.photos) {
          const path = form(normalPath(photo.path));
          // Some tools append their extension to the photo's.
          for (const key of new Set([withoutExtension(path), path].flatMap(ofPhoto)))
            appendTo(found, key, photo);
        }
        return found;
      }),
    ),
  );

  constructor(private readonly photos: readonly SourceFile[]) {}

  /** The photo at the same relative path; several where their extensions alone differ, none where there is none. */
  find({ path }: { readonly path: string }): readonly SourceFile[] {
    for (const [f, form] of FORMS.entries()) {
      const key = withoutExtension(form(normalPath(path)));
      for (const [r, { ofLabel }] of RELATIONS.entries()) {
        const found = this.maps[f]![r]!().get(ofLabel(key));
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
