/** LabelMe files with broken shapes, masks, paths and embedded photos. */
import { broken, brokenText, JPEG, polygon, strange, type DatasetCase } from './frame/dataset-case.js';
import { Random } from './frame/random.js';

export { examineFolder as examine } from './frame/dataset-case.js';

const MASK =
  'iVBORw0KGgoAAAANSUhEUgAAAAQAAAADCAAAAACRAu4iAAAAFklEQVR4nGP8/5+BgYGBkYGBgYEBABj+AwLQ8zJ5AAAAAElFTkSuQmCC';

export function generate(seed: number): DatasetCase {
  const random = new Random(seed);
  const annotated = ['a.jpg', 'b.jpg', 'sub/a.jpg'];
  const good = ['c.jpg', 'sub/d.jpg'];
  const files: Record<string, string | Uint8Array<ArrayBuffer>> = {};
  for (const name of [...annotated, ...good]) files[name] = JPEG;
  const shapeless = new Set<string>();
  for (const name of annotated) {
    const json = {
      version: '5.5.0',
      imagePath: random.chance(0.2)
        ? random.pick([`..\\${name}`, encodeURI(name), 'gone.jpg', '/x/y.jpg'])
        : name.split('/').at(-1)!,
      imageData: random.pick([null, null, null, '/9j/4AAQ', strange(random)]),
      imageWidth: 640,
      imageHeight: 480,
      shapes: Array.from({ length: random.int(1, 4) }, () => shape(random)),
    };
    const text = JSON.stringify(
      random.chance(0.4) ? { ...(broken(json, random, 0.06) as object), imagePath: json.imagePath } : json,
    );
    files[name.replace('.jpg', '.json')] = brokenText(text, random);
    // No shape at all says that the part is good.
    if (text.includes('"shapes":[]')) shapeless.add(name);
  }
  return { name: `labelme-${seed}`, files, annotated: annotated.filter((name) => !shapeless.has(name)) };
}

function shape(random: Random): object {
  const far = random.pick([640, 640, 640, 1e9]);
  const flat = polygon(random, far);
  return {
    label: random.chance(0.05) ? strange(random) : 'pit',
    points: flat.flatMap((x, i) => (i % 2 === 0 ? [[x, flat[i + 1]]] : [])),
    group_id: random.pick([null, null, 1, 'g', strange(random)]),
    shape_type: random.pick([
      'polygon',
      'polygon',
      'rectangle',
      'circle',
      'mask',
      'line',
      null,
      strange(random),
    ]),
    mask: random.pick([undefined, MASK, MASK.slice(0, 60), 'nonsense', strange(random)]),
  };
}
