/** COCO files with broken entries, ids, names and outlines. */
import { broken, brokenText, JPEG, polygon, strange, type DatasetCase } from './frame/dataset-case.js';
import { Random } from './frame/random.js';

export { examineFolder as examine } from './frame/dataset-case.js';

export function generate(seed: number): DatasetCase {
  const random = new Random(seed);
  const names = ['a.jpg', 'b.jpg', 'good/0.jpg', 'defect/0.jpg', 'Prüfling 1.jpg', 'c.jpg'];
  const named = random.chance(0.3) ? names.map((name) => name.split('/').at(-1)!) : names;
  const images = named.map((file_name, i) => ({
    id: random.chance(0.2) ? String(i) : i,
    file_name: random.chance(0.2) ? encodeURI(file_name) : file_name,
    width: 640,
    height: 480,
  }));
  // One in two photos has a defect: the first ones of the list.
  const annotated = names.slice(0, 3);
  const annotations = annotated.flatMap((_, i) =>
    Array.from({ length: random.int(1, 2) }, (__, k) => ({
      id: 10 * i + k,
      image_id: random.chance(0.1) ? strange(random) : i,
      category_id: random.chance(0.1) ? strange(random) : 1,
      iscrowd: random.pick([0, 0, 0, 1]),
      segmentation: random.chance(0.2)
        ? random.pick([
            { size: [480, 640], counts: [307_200] },
            { size: [480, 640], counts: [1000, 50, 306_150] },
            { size: [480, 640], counts: '###' },
            { size: [1e9, 1e9], counts: [1e18] },
            strange(random),
          ])
        : [polygon(random, random.pick([640, 640, 640, 1e9]))],
    })),
  );
  const categories = [{ id: 1, name: 'pit' }];
  const damaged = annotations.map((one) => (random.chance(0.2) ? broken(one, random, 0.2) : one));
  const json = {
    // Their ids stay: an annotation whose image has become another one is that one's.
    images: random.chance(0.3)
      ? images.map((one) => ({ ...(broken(one, random, 0.1) as object), id: one.id }))
      : images,
    annotations: damaged,
    categories: random.chance(0.2) ? broken(categories, random, 0.3) : categories,
  };
  const photos = Object.fromEntries(names.map((name) => [`images/${name}`, JPEG]));
  const path = random.pick(['x.json', 'annotations/x.json', 'images/x.json']);
  return {
    name: `coco-${seed}`,
    files: { ...photos, [path]: brokenText(JSON.stringify(json), random) },
    // An annotation that says that it is of another photo is none of its own any more.
    annotated: annotated
      .filter((_, i) => !damaged.some((one) => isMoved(one, annotations[damaged.indexOf(one)]!, i)))
      .map((name) => `images/${name}`),
  };
}

function isMoved(damaged: unknown, intact: { readonly id: number }, photo: number): boolean {
  const now = (damaged as { readonly image_id?: unknown } | null)?.image_id;
  const isKnown = ['0', '1', '2', '3', '4', '5'].includes(String(now));
  return isKnown && String(now) !== String(photo) && Math.floor(intact.id / 10) === photo;
}
