/** Which photos a model is taught with, and which it is judged by. */
import type { CocoAnnotation, CocoDataset, CocoImage } from '../src/core/evaluation/coco.js';
import { mulberry32, shuffled } from '../src/core/random.js';

export interface DrawOptions {
  /** Names; all that occur in the part that is learnt from, by default. */
  readonly classes?: readonly string[];
  /** Defective photos per class. */
  readonly marked: number;
  readonly good: number;
  readonly seed: number;
}

export interface DrawnPhoto {
  readonly image: CocoImage;
  /** What is marked on it of the classes; none on a good photo. */
  readonly marks: readonly CocoAnnotation[];
}

export interface Draw {
  readonly classes: CocoDataset['categories'];
  readonly marked: readonly DrawnPhoto[];
  readonly good: readonly DrawnPhoto[];
  /** Good and defective ones that nothing was learnt from. */
  readonly test: readonly DrawnPhoto[];
}

/**
 * Draws a lesson by Fisher and Yates with a seed: so many defective photos of each class, none twice, then good ones. A photo is
 * defective with at least one annotation of these classes that is no crowd, and good without any annotation; others take no part.
 *
 * @param test may be the same part: what is drawn is not tested
 * @throws {RangeError} where there is no such class, or there are too few photos
 */
export function drawLesson(learn: CocoDataset, test: CocoDataset, options: DrawOptions): Draw {
  const classes = classesOf(learn, options.classes);
  const names = classes.map(({ name }) => name);
  const photos = photosOf(learn, names);
  const random = mulberry32(options.seed);
  const taken = new Set<DrawnPhoto>();
  const draw = (candidates: readonly DrawnPhoto[], count: number, what: string) => {
    const free = candidates.filter((photo) => !taken.has(photo));
    if (free.length < count) throw new RangeError(`There are ${free.length} photos ${what}, not ${count}.`);
    const drawn = shuffled(free, random).slice(0, count);
    for (const photo of drawn) taken.add(photo);
    return drawn;
  };
  const marked = classes.flatMap(({ id, name }) => {
    const candidates = photos.defective.filter(({ marks }) => marks.some((one) => one.category_id === id));
    return draw(candidates, options.marked, `with ${name}`);
  });
  const good = draw(photos.good, options.good, 'without a defect');
  const learnt = new Set([...taken].map(({ image }) => nameOf(image)));
  const tested = photosOf(test, names);
  const rest = [...tested.defective, ...tested.good].filter(({ image }) => !learnt.has(nameOf(image)));
  return { classes, marked, good, test: rest };
}

function classesOf(
  { categories, annotations }: CocoDataset,
  names?: readonly string[],
): CocoDataset['categories'] {
  if (!names) return categories.filter(({ id }) => annotations.some(({ category_id }) => category_id === id));
  return names.map((name) => {
    const found = categories.find((one) => one.name === name);
    if (!found) throw new RangeError(`There is no class ${name}.`);
    return found;
  });
}

/** By rising id. */
function photosOf({ images, annotations, categories }: CocoDataset, names: readonly string[]) {
  const ids = new Set(categories.filter(({ name }) => names.includes(name)).map(({ id }) => id));
  const defective: DrawnPhoto[] = [];
  const good: DrawnPhoto[] = [];
  for (const image of images.toSorted((a, b) => a.id - b.id)) {
    const all = annotations.filter(({ image_id }) => image_id === image.id);
    const marks = all.filter(({ category_id, iscrowd }) => ids.has(category_id) && !iscrowd);
    if (marks.length > 0) defective.push({ image, marks });
    else if (all.length === 0) good.push({ image, marks });
  }
  return { defective, good };
}

function nameOf({ id, file_name }: CocoImage): string {
  if (file_name === undefined) throw new RangeError(`Image ${id} names no file.`);
  return file_name;
}
