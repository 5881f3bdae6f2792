import { isLabelPath, LabelIndex } from './labels.js';
import { isHidden, isImagePath } from './paths.js';

/** Whether there may be annotations beside the images, as far as names alone tell. */
export function mayBeDataset(files: readonly { readonly path: string }[]): boolean {
  const seen = files.filter(({ path }) => !isHidden(path));
  const images = seen.filter(({ path }) => isImagePath(path));
  if (images.length === 0) return false;
  if (seen.some(({ path }) => /\.json$/i.test(path))) return true;
  const labels = new LabelIndex(seen.filter(({ path }) => isLabelPath(path)));
  return images.some((image) => labels.find(image));
}
