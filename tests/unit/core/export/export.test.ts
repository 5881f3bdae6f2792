import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateCoco } from '../../../../src/core/evaluation/average-precision.js';
import { pixelIou } from '../../../../src/core/evaluation/pixel-iou.js';
import { segmentationRle } from '../../../../src/core/evaluation/coco.js';
import { toCoco, type CocoExport } from '../../../../src/core/export/coco.js';
import { photosToCsv, toCsv, type PhotoRecord } from '../../../../src/core/export/csv.js';
import { inspectionsToJson, toJson } from '../../../../src/core/export/json.js';
import { AUTOMATIC } from '../../../../src/core/recipe/recipe.js';
import { NO_REVIEW } from '../../../../src/core/review/review.js';
import { distinctNames } from '../../../../src/core/export/names.js';
import { rasterize } from '../../../../src/core/regions/region.js';
import { decodeRle, rleFromString, rleIou } from '../../../../src/core/regions/rle.js';
import { ringFromText } from '../../../../src/core/regions/ring-text.js';
import { DISC, distanceToRing, gridOf, inspectionOf, RING, type Found } from '../helpers.js';

const PARTS = [
  inspectionOf('left.png', [
    { classId: 1, score: 0.876543, corners: [10.123, 20, 50.5, 60] },
    { classId: 2, score: 0.75, corners: [60, 10, 110, 60], mask: RING },
    { classId: 2, score: 0.3, corners: [0, 0, 20, 20] },
  ]),
  inspectionOf('clean.png', [{ classId: 3, score: 0.1, corners: [0, 0, 20, 20] }]),
];

const FOR_PYTHON = inspectionOf(
  'part.png',
  [
    { classId: 1, score: 0.9, corners: [10.5, 20.25, 110, 140] },
    { classId: 2, score: 0.8, corners: [150, 30, 240.75, 101], mask: RING },
    { classId: 3, score: 0.7, corners: [-20, 150, 60, 230] },
  ],
  {},
  { width: 256, height: 200 },
);

/** A reader of RFC 4180, as strict as the text of that standard. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text);
    if (!match) throw new Error('not a CSV');
    row.push(match[1]?.replaceAll('""', '"') ?? match[2]!);
    if (match[3] === '\r\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

function records(text: string): Record<string, string>[] {
  const [header, ...rows] = parseCsv(text);
  return rows.map((row) => {
    expect(row).toHaveLength(header!.length);
    return Object.fromEntries(header!.map((title, i) => [title, row[i]!]));
  });
}

describe('toCsv', () => {
  it('writes a row for each visible defect, and one for a photo without any', () => {
    const rows = records(toCsv(PARTS));
    expect(rows).toHaveLength(3);
    expect(rows[0]).toEqual({
      photo: 'left.png',
      width_px: '120',
      height_px: '90',
      status: 'done',
      error: '',
      id: '1',
      class: 'pitting',
      score: '0.8765',
      threshold: '0.4',
      x_px: String(PARTS[0]!.detections[0]!.mask.x),
      y_px: String(PARTS[0]!.detections[0]!.mask.y),
      box_width_px: String(PARTS[0]!.detections[0]!.mask.width),
      box_height_px: String(PARTS[0]!.detections[0]!.mask.height),
      number: '1',
      area_px2: String(PARTS[0]!.detections[0]!.area),
      ...{ incomplete_photo: 'false', first_of_several: 'false' },
      ...{ detail: 'fast', scale: String(PARTS[0]!.input.scale), tiles: '1', tiles_planned: '1' },
      ...{ seen_in_part: 'false', limited_by: '' },
      ...{ area_x_px: '', area_y_px: '', area_width_px: '', area_height_px: '' },
      ...{ truncated: 'false', lacks_masks: 'false' },
      time_ms: String(Math.round(PARTS[0]!.timing.total)),
      model: 'surface',
      model_version: '1.0.0',
      model_sha256: 'b'.repeat(64),
      photo_sha256: 'a'.repeat(64),
    });
    expect(rows[1]).toMatchObject({ id: '2', class: 'crack, fine' });
    expect(rows[2]).toMatchObject({ photo: 'clean.png', id: '', class: '', score: '', area_px2: '' });
  });

  it('calls defects by the numbers that they have on the photo, where none is skipped', () => {
    const [first] = PARTS;
    const [one] = first!.detections;
    const low = { ...one!, id: 2, score: 0.01 };
    const other = { ...one!, id: 3, classId: one!.classId + 1, score: 0.6 };
    const rows = records(toCsv([{ ...first!, detections: [one!, low, other] }], { threshold: 0.5 }));
    expect(rows.map(({ id, number }) => [id, number])).toEqual([
      ['1', '1'],
      ['3', '2'],
    ]);
  });

  it('marks a photo of which a part is missing in its file', () => {
    const [whole] = PARTS;
    const cut = { ...whole!, image: { ...whole!.image, isIncomplete: true } };
    expect(records(toCsv([cut]))[0]).toMatchObject({ incomplete_photo: 'true' });
    const { images } = JSON.parse(toCoco([cut, whole!])) as CocoExport;
    expect(images.map(({ incomplete }) => incomplete)).toEqual([true, undefined]);
  });

  it('marks a photo of several in one file, and one on which something has no mask', () => {
    const [one] = PARTS;
    const marked = { ...one!, lacksMasks: true, image: { ...one!.image, isFirstOfSeveral: true } };
    expect(records(toCsv([marked]))[0]).toMatchObject({ lacks_masks: 'true', first_of_several: 'true' });
    const { images } = JSON.parse(toCoco([marked, one!])) as CocoExport;
    expect(images[0]).toMatchObject({ lacks_masks: true, first_of_several: true });
    expect(images[1]).not.toHaveProperty('lacks_masks');
    expect(images[1]).not.toHaveProperty('first_of_several');
    const { inspections } = JSON.parse(toJson([marked])) as { inspections: object[] };
    expect(inspections[0]).toMatchObject({ lacksMasks: true, image: { isFirstOfSeveral: true } });
  });

  it('says how the photo was looked at, and in which part', () => {
    const [one] = PARTS;
    const input = { ...one!.input, detail: 'thorough', scale: 0.7512345, tiles: 7, planned: 24 } as const;
    const part = { ...one!, input: { ...input, area: [3, 4, 50, 60], limitedBy: 'memory' } as const };
    expect(records(toCsv([part]))[0]).toMatchObject({
      ...{ detail: 'thorough', scale: '0.7512', tiles: '7', tiles_planned: '24', seen_in_part: 'true' },
      ...{ limited_by: 'memory', area_x_px: '3', area_y_px: '4', area_width_px: '50', area_height_px: '60' },
    });
    const { images } = JSON.parse(toCoco([part, one!])) as CocoExport;
    expect(images[0]).toMatchObject({
      ...{ detail: 'thorough', scale: 0.7512, tiles: 7, tiles_planned: 24 },
      ...{ limited_by: 'memory', area: [3, 4, 50, 60] },
    });
    expect(images[1]).not.toHaveProperty('area');
    expect(images[1]).not.toHaveProperty('limited_by');
    const { inspections } = JSON.parse(toJson([part])) as { inspections: { input: unknown }[] };
    expect(inspections[0]!.input).toEqual(part.input);
  });

  it('takes a threshold', () => {
    expect(records(toCsv(PARTS, { threshold: 0 }))).toHaveLength(4);
    expect(records(toCsv(PARTS, { threshold: 1 })).map(({ id }) => id)).toEqual(['', '']);
  });

  it('writes the header even for nothing', () => {
    expect(toCsv([])).toMatch(/^photo,width_px,[a-z0-9_,]+\r\n$/);
  });

  it('quotes any name so that it comes back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const [row] = records(toCsv([inspectionOf(name, [])]));
        expect(row!['photo']!.replaceAll("'", '')).toBe(name.replaceAll("'", ''));
        if (!/[=+\-@＝＋－＠\t\r\n]/.test(name)) expect(row!['photo']).toBe(name);
      }),
    );
  });

  it.each(['=1+1', '+1', '-1', '@sum(a1)', '=HYPERLINK("http://x")', '＝1+1', ' =1', '\u200b=1'])(
    'disarms %j',
    (name) => {
      const model = { name };
      const [row] = records(toCsv([inspectionOf(name, [], model)]));
      expect(row!['photo']).toBe(`'${name}`);
      expect(row!['model']).toBe(`'${name}`);
    },
  );

  // Tabs and line ends separate cells, too, for whoever doesn't heed the quotes.
  it.each([
    ['\t=1', "'\t'=1"],
    ['\r=1', "'\r'=1"],
  ])('disarms %j before and behind', (name, disarmed) => {
    expect(records(toCsv([inspectionOf(name, [])]))[0]!['photo']).toBe(disarmed);
  });
});

describe('photosToCsv', () => {
  const PHOTOS: readonly PhotoRecord[] = [
    { name: 'left.png', status: 'done', inspection: PARTS[0] },
    { name: 'torn.jpg', status: 'failed', error: 'corrupt-image' },
    { name: 'later.png', status: 'cancelled', error: 'cancelled' },
    { name: 'left.png', status: 'waiting' },
  ];

  it('has a row for every photo, with what became of it', () => {
    const rows = records(photosToCsv(PHOTOS, AUTOMATIC, NO_REVIEW));
    expect(rows.map(({ photo, status, error, id }) => [photo, status, error, id])).toEqual([
      ['left.png', 'done', '', '1'],
      ['left.png', 'done', '', '2'],
      ['torn.jpg', 'failed', 'corrupt-image', ''],
      ['later.png', 'cancelled', 'cancelled', ''],
      ['left (2).png', 'waiting', '', ''],
    ]);
  });

  it('says by which threshold, and how long it took', () => {
    const [first, , third] = records(photosToCsv(PHOTOS, { threshold: 0.25 }, NO_REVIEW));
    expect(first).toMatchObject({ threshold: '0.25' });
    expect(third).toMatchObject({ threshold: '0.25', score: '0.3' });
    expect(
      records(
        photosToCsv(PHOTOS, { threshold: 'auto', own: { ['b'.repeat(64)]: { 1: 0.8 } } }, NO_REVIEW),
      )[0],
    ).toMatchObject({
      threshold: '0.8',
    });
  });

  it('can be written with semicolons and decimal commas', () => {
    const [header, first] = photosToCsv(PHOTOS, AUTOMATIC, NO_REVIEW, 'semicolon').split('\r\n');
    expect(header).toMatch(/^photo;width_px;/);
    expect(first).toContain(';0,8765;0,4;');
    expect(
      photosToCsv([{ name: 'a;b,c.png', status: 'waiting' }], AUTOMATIC, NO_REVIEW, 'semicolon'),
    ).toContain('\r\n"a;b,c.png";;');
  });

  // A spreadsheet with the other separator splits a cell where this one doesn't.
  it.each(['x;=1+1', 'x,=1+1', 'x\t=1', 'x;"=1"', 'x; ＝1', 'x;;-1', 'x\r\n@a'])(
    'disarms the inside of %j',
    (name) => {
      for (const style of ['comma', 'semicolon'] as const) {
        const [, row] = photosToCsv([{ name, status: 'waiting' }], AUTOMATIC, NO_REVIEW, style).split(
          /(?<=time_ms.*sha256)\r\n/,
        );
        for (const part of row!.split(/[;,\t\r\n]/)) expect(part).not.toMatch(/^[\s"]*[=+\-@＝]/);
      }
    },
  );
});

/** Cells as a spreadsheet may take them for, with quotes or without, whatever separates its lists. */
function everyReading(text: string): string[] {
  return [',', ';', '\t', '|'].flatMap((separator) => {
    const quoted = new RegExp(`"((?:[^"]|"")*)"?|[^${separator}\\r\\n]+`, 'g');
    return [
      ...text.split(/\r\n|\r|\n/).flatMap((line) => line.split(separator)),
      ...Array.from(text.matchAll(quoted), ([all, inner]) => inner?.replaceAll('""', '"') ?? all),
    ];
  });
}

it('leaves no cell that a spreadsheet would run, however it reads the file', () => {
  const signs = Array.from('=+-@＝＋－＠﹦﹢﹣﹫1a,;|\t\r\n \u00a0\u3000\u200b\ufeff"\'\0');
  const hostile = fc
    .array(fc.constantFrom(...signs, '.jpg'), { maxLength: 12 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(hostile, fc.constantFrom('comma', 'semicolon'), (name, style) => {
      const text = photosToCsv([{ name, status: 'failed', error: name }], AUTOMATIC, NO_REVIEW, style);
      const run = /^[\s\p{Cc}\p{Cf}"]*[=+\-@＝＋－＠﹦﹢﹣﹫]/u;
      expect(everyReading(text).filter((cell) => run.test(cell))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

describe('distinctNames', () => {
  it('numbers what comes again, and takes no name that is there', () => {
    expect(distinctNames(['a.png', 'a (2).png', 'a.png', 'a.png', 'b', 'b', 'c.d/e', 'c.d/e'])).toEqual([
      'a.png',
      'a (2).png',
      'a (3).png',
      'a (4).png',
      'b',
      'b (2)',
      'c.d/e',
      'c.d/e (2)',
    ]);
  });

  it('gives as many names as there are, each once', () => {
    const name = fc.constantFrom('a', 'a (2)', 'a (3)', 'a.b', 'a (2).b', '', ' (2)');
    fc.assert(
      fc.property(fc.array(name), (names) => {
        const distinct = distinctNames(names);
        expect(distinct).toHaveLength(names.length);
        expect(new Set(distinct).size).toBe(names.length);
      }),
    );
  });
});

interface JsonMask {
  readonly size: readonly [number, number];
  readonly counts: string;
}

describe('toJson', () => {
  it('is a versioned envelope of inspections', () => {
    const file = JSON.parse(toJson(PARTS)) as Record<string, unknown>;
    expect(file).toMatchObject({ format: 'defect-inspector', version: 2, threshold: 'auto' });
    const ownless = inspectionsToJson(PARTS, { ...AUTOMATIC, own: {} }, NO_REVIEW);
    expect(JSON.parse(ownless)).toEqual(file);
    expect(file['inspections']).toMatchObject([
      {
        image: PARTS[0]!.image,
        model: PARTS[0]!.model,
        truncated: false,
        detections: [
          { id: 1, className: 'pitting', score: 0.8765, box: PARTS[0]!.detections[0]!.box },
          { id: 2, className: 'crack, fine', score: 0.75 },
        ],
      },
      { image: { name: 'clean.png' }, detections: [] },
    ]);
  });

  it('leaves out maps of scores, which are for programs', () => {
    const map = { x: 0, y: 0, step: 8, width: 2, height: 1, classes: 1, data: Float32Array.of(0.2, 0.9) };
    expect(toJson(PARTS.map((one) => ({ ...one, map })))).toBe(toJson(PARTS));
  });

  it('carries masks and contours as short texts', () => {
    const file = JSON.parse(toJson(PARTS)) as {
      inspections: { detections: { mask: JsonMask; contours: string[] }[] }[];
    };
    const [first, ring] = file.inspections[0]!.detections;
    for (const [i, { mask }] of [first!, ring!].entries()) {
      const { box, mask: region } = PARTS[0]!.detections[i]!;
      expect(mask.size).toEqual([box[3], box[2]]);
      expect(Uint32Array.from(rleFromString(mask.counts, mask.size).counts)).toEqual(region.counts);
    }
    expect(ring!.contours).toHaveLength(2);
    for (const [i, text] of ring!.contours.entries()) {
      const outline = PARTS[0]!.detections[1]!.contours[i]!;
      const written = ringFromText(text);
      expect(written.length).toBeLessThan(outline.length);
      // Tracing leaves the iso-line by 0.05 px at most: 0.1 px in all.
      for (let k = 0; k < outline.length; k += 2) {
        expect(distanceToRing(outline[k]!, outline[k + 1]!, written)).toBeLessThan(0.05);
      }
    }
  });

  it('takes less than 60 kB for 100 detections on a photo of 1540 x 645 pixels', () => {
    const side = (i: number) => 20 + ((i * 37) % 61);
    const found = Array.from({ length: 100 }, (_, i): Found => {
      const [x, y] = [(i * 151) % 1440, (i * 89) % 560];
      return {
        classId: 1,
        score: 0.9 - i / 1000,
        corners: [x, y, x + side(i), y + side(i + 3)],
        mask: i % 4 ? DISC : RING,
      };
    });
    const inspection = inspectionOf('wide.jpg', found, {}, { width: 1540, height: 645 });
    expect(inspection.detections).toHaveLength(100);
    expect(toJson([inspection]).length).toBeLessThan(60_000);
  });

  it('writes what Python reads, byte for byte', async () => {
    // `training/tests/test_exports.py` reads it with the code that docs/exports.md gives.
    await expect(`${toJson([FOR_PYTHON])}\n`).toMatchFileSnapshot('../../../fixtures/exports/defects.json');
  });

  it('writes the same text for the same inspections', () => {
    expect(toJson(PARTS)).toBe(toJson(PARTS));
    expect(JSON.parse(toJson([]))).toMatchObject({ inspections: [] });
  });
});

describe('toCoco', () => {
  it.each(['rle', 'polygon'] as const)('writes what pycocotools opens: %s', async (segmentation) => {
    // `training/tests/test_exports.py` does; one name comes twice, one photo shows nothing.
    const inspections = [FOR_PYTHON, inspectionOf('Prüfling #1 100%.jpg', []), FOR_PYTHON];
    await expect(`${toCoco(inspections, { segmentation })}\n`).toMatchFileSnapshot(
      `../../../fixtures/exports/defects-${segmentation}.coco.json`,
    );
  });

  const parse = (...parameters: Parameters<typeof toCoco>) => JSON.parse(toCoco(...parameters)) as CocoExport;

  it('is a complete dataset with unique ids', () => {
    const file = parse(PARTS, { threshold: 0 });
    expect(Object.keys(file)).toEqual(['info', 'licenses', 'images', 'annotations', 'categories']);
    expect(file.info['description']).toContain('surface 1.0.0');
    const look = { detail: 'fast', scale: 1, tiles: 1, tiles_planned: 1 };
    expect(file.images).toEqual([
      { id: 1, width: 120, height: 90, file_name: 'left.png', ...look },
      { id: 2, width: 120, height: 90, file_name: 'clean.png', ...look },
    ]);
    expect(file.annotations.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
    expect(file.annotations.map(({ image_id }) => image_id)).toEqual([1, 1, 1, 2]);
    expect(file.annotations[0]).toMatchObject({
      category_id: 1,
      bbox: PARTS[0]!.detections[0]!.box,
      iscrowd: 0,
      score: 0.8765,
    });
    expect(file.categories.map(({ id, name }) => [id, name])).toEqual([
      [1, 'pitting'],
      [2, 'crack, fine'],
      [3, 'fray'],
    ]);
  });

  it('holds exact masks as runs', () => {
    const file = parse(PARTS);
    file.annotations.forEach((annotation, i) => {
      const detection = PARTS[0]!.detections[i]!;
      expect(decodeRle(segmentationRle(annotation, file.images[0]!))).toEqual(rasterize(detection, 120, 90));
      expect(annotation.area).toBe(detection.area);
    });
  });

  it('holds the same masks as polygons, holes included', () => {
    const islands = gridOf(28, (x, y) => Math.max(RING.data[y * 28 + x]!, x < 3 && y < 3 ? 1 : 0));
    const dots = gridOf(28, (x, y) => {
      const isHole = (x === 6 || x === 20) && y === 14;
      return isHole || Math.hypot(x - 13.5, y - 13.5) > 12 ? 0 : 1;
    });
    const corners = [10.5, 5.25, 110, 80] as const;
    const inspection = inspectionOf(
      'holes.png',
      [RING, islands, dots].map((mask, i) => ({ classId: 1, score: 0.9 - i / 10, corners, mask })),
    );
    const [exact, drawn] = [parse([inspection]), parse([inspection], { segmentation: 'polygon' })];
    expect(drawn.annotations.map(({ segmentation }) => (segmentation as number[][]).length)).toEqual([
      1, 2, 1,
    ]);
    const rle = (file: CocoExport, i: number) => segmentationRle(file.annotations[i]!, file.images[0]!);
    for (let i = 0; i < 3; i++) {
      expect(inspection.detections[i]!.contours).toHaveLength([2, 3, 3][i]!);
      // COCO fills to a fifth of a pixel.
      expect(rleIou(rle(exact, i), rle(drawn, i))).toBeGreaterThan(0.98);
    }
  });

  it('keeps runs for a mask whose outline encloses nothing', () => {
    const { contours: _, ...rest } = PARTS[0]!.detections[0]!;
    const bare = { ...PARTS[0]!, detections: [{ ...rest, contours: [] }] };
    const [annotation] = parse([bare], { segmentation: 'polygon' }).annotations;
    expect(annotation!.segmentation).toMatchObject({ size: [90, 120] });
    expect(annotation!.area).toBe(rest.area);
  });

  it.each(['rle', 'polygon'] as const)('feeds back into the evaluation: %s', (segmentation) => {
    const file = parse(PARTS, { threshold: 0, segmentation });
    for (const iouType of ['segm', 'bbox'] as const) {
      const { AP, classes } = evaluateCoco(file, file.annotations, { iouType });
      expect(AP).toBe(1);
      expect(classes.map(({ truths }) => truths)).toEqual([1, 2, 1]);
    }
    const sure = parse(PARTS, { threshold: 0.5, segmentation });
    expect(pixelIou(sure, sure.annotations)).toBe(1);
  });

  it('gives classes of several models ids of their own', () => {
    const other = inspectionOf('b.png', [{ classId: 1, score: 0.9, corners: [0, 0, 20, 20] }], {
      name: 'other',
      classes: [
        { id: 1, name: 'dent' },
        { id: 5, name: 'fray' },
      ],
    });
    const nameless = { classes: [] };
    const stranger = inspectionOf('c.png', [{ classId: 12, score: 0.9, corners: [0, 0, 20, 20] }], nameless);
    const file = parse([...PARTS, other, stranger]);
    expect(file.categories.map(({ id, name }) => [id, name])).toEqual([
      [1, 'pitting'],
      [2, 'crack, fine'],
      [3, 'fray'],
      [4, 'dent'],
      [12, 'class 12'],
    ]);
    expect(file.annotations.map(({ category_id }) => category_id)).toEqual([1, 2, 4, 12]);
    expect(file.info['description']).toBe('Defects found by surface 1.0.0, other 1.0.0');
  });
});
