/** What there is to say about annotated photos: what is wrong with a dataset, a file or a photo of it. */
import { count, pick } from './numbers.js';

export interface Of {
  /** The folder or ZIP. */
  readonly source: string;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Why a photo has another size than its annotations are for. */
export type SizeCause = 'turned' | 'resized' | 'unknown';

const SIZE_CAUSES: Readonly<Record<SizeCause, string>> = {
  turned:
    'Width and height have changed places: it was annotated without the turn that its EXIF data ask for. Remove the orientation from the photo’s EXIF data, or annotate it in a tool that heeds it.',
  resized:
    'Both sides differ by the same factor: it was resized after it was annotated, or before. Use the photo that was annotated, or export annotations for this one.',
  unknown: 'Use the photo that was annotated.',
};

/** What ZIPs pack by, by its number, besides what browsers unpack. */
const PACKED_BY: Readonly<Record<number, string>> = {
  1: 'Shrink',
  6: 'Implode',
  9: 'Deflate64',
  12: 'BZip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
  96: 'JPEG',
  98: 'PPMd',
  99: 'AES',
};

export const datasets = {
  // Nothing can be evaluated
  'no-images': ({ source }: Of) =>
    `There are no images in ${source}. Choose a folder or ZIP with JPEG, PNG, WebP, AVIF, BMP or GIF photos in it.`,
  'annotations-alone': ({ source }: Of) =>
    `There are annotations in ${source}, but no photos. Unpack photos and annotations into one folder, or pack both in one ZIP.`,
  'no-annotations': ({ source, images }: Of & { readonly images: number }) =>
    `There ${pick(images, 'is', 'are')} ${count(images, 'image')} in ${source}, but no annotations: a COCO file, LabelMe files or YOLO labels must lie in the same folder or ZIP.`,
  'holds-no-annotations': ({ file }: Of & { readonly file: string }) =>
    `${file} lists images but holds no annotations: nothing says which of them show defects. Export it with its annotations.`,
  'nothing-left': ({ source }: Of) => `None of the photos in ${source} can be evaluated.`,
  'names-no-image': ({ source, file }: Of & { readonly file: string }) =>
    `${file} names none of the images in ${source} that can be used.`,
  'no-zip': ({ source }: Of) => `${source} is not a ZIP, or it ends early. Pack the folder again.`,
  'zip-split': 'It is one of several parts of a ZIP. Pack the folder again, in one part.',
  'zip-count': ({ source }: Of) =>
    `${source} holds more files than it says. Pack the photos again, in several ZIPs if there are more than 65,535.`,
  'zip-too-many': ({ source }: Of) =>
    `${source} holds more than 200,000 files. Pack the photos in several ZIPs.`,
  unreadable: ({ source }: Of) => `${source} can’t be read. If it was moved, choose it again.`,
  failed: 'The evaluation failed. Try again.',

  // Something is left out; each holds for one file and for many
  'not-json': 'Not readable as JSON: it is damaged, or something else.',
  'not-text': 'Not readable: it is damaged, or holds something else than text.',
  'json-empty': 'The file is empty. Export it again.',
  'json-ends-early': 'Not readable as JSON: it ends early. Copy or export it again.',
  'json-no-number': ({ word }: { readonly word: string }) =>
    `Not readable as JSON: it holds ${word}, which is no number in JSON. Export it without such values.`,
  'key-twice': ({ key }: { readonly key: string }) =>
    `It has “${key}” twice, as after two files were joined: what counts is not known. Export it again.`,
  'json-of-other-kind': 'JSON, but neither COCO nor LabelMe: it is not used.',
  xml: 'Annotations in XML, as of Pascal VOC and CVAT, are not read. Export them with outlines, as COCO or for YOLO segmentation.',
  'other-format': 'Not used: the photos are evaluated by annotations of another format.',
  'not-used': 'Not used.',
  'file-too-large': 'Not read: it is far larger than files of its kind are.',
  'name-too-long': 'Not read: its name is too long.',
  'zip-within': 'A ZIP in the folder is not opened. Unpack it, or choose it itself.',
  'zip-part': 'A ZIP in the folder holds photos that are not unpacked: they are not evaluated.',
  'zip-older': 'A ZIP in the folder holds other versions of some files: the unpacked ones are used.',
  'data-within':
    'Not read: it may hold annotations in a way that is not known here. Export them as COCO, LabelMe or YOLO segmentation.',
  'archive-within': 'An archive in the folder is not opened. Unpack it first.',
  'zip-encrypted': 'It is locked by a password. Pack the folder again without one.',
  'zip-method': ({ method }: { readonly method: number }) =>
    `Packed by ${PACKED_BY[method] ?? `method ${method}`}, which browsers can’t unpack. Pack the folder again as an ordinary ZIP (Deflate).`,
  'zip-link':
    'A link to another file, whose content is not packed. Pack the folder again with the files themselves.',
  'zip-same-name': 'The ZIP holds several files of this name. Pack the folder again.',
  'zip-entry-damaged': 'Damaged in the ZIP. Pack the folder again.',
  'not-yaml': 'Not readable as YAML: the classes are called by their numbers.',
  'names-differ':
    'These files name the classes differently: they are called by their numbers. Keep the one that is right.',
  'no-names': 'No data.yaml or classes.txt names the classes: they are called by their numbers.',
  'no-file-name': 'An entry of an image has no file name.',
  'image-missing': 'Annotated, but the image is not there.',
  'listed-twice': 'Listed more than once: the entries count as one.',
  'sizes-differ': 'Left out: it is listed more than once, with different sizes.',
  'same-id': 'Left out: several images have the same id, so that nobody knows whose annotations are whose.',
  'category-unreadable': 'A category has no id or no name.',
  'stray-annotation': 'An annotation is of no image in the list.',
  'maybe-annotated':
    'Left out: it has no annotation, but one of those without an image may be its own. It may be no good part.',
  'maybe-in-unread':
    'Left out: it has no annotation, but a file that is not read (in brackets) may hold one. It may be no good part.',
  'name-ambiguous': 'Left out: the name fits several photos. Name them with their folders.',
  'image-elsewhere':
    'Left out: a photo of that name lies in another folder than the annotations say, and may be another one.',
  'second-file': 'Not used: another file of annotations lies beside the photo.',
  'annotated-twice': 'Left out: several files annotate the same photo.',
  'annotated-as-another': 'Left out: the file beside it is about another photo.',
  'annotated-otherwise':
    'Left out: another file (in brackets) may hold annotations of it, which are not used. It may be no good part.',
  'annotated-elsewhere':
    'Left out: annotations for a photo of that name lie in another place. Put them beside it, or into “labels” where the photo is in “images”.',
  'in-masks': 'Left out: it lies among masks or is called like one, and seems to be no photo.',
  'left-out-by-size': ({ cause }: { readonly cause: SizeCause }) =>
    `Left out: the photo’s size is not that of its annotations. ${SIZE_CAUSES[cause]}`,
  'turned-by-exif':
    'Turned by EXIF: what is outlined is taken to be for the photo as it is shown, since no size tells otherwise. If it is off, turn the photo itself and export again.',
  'flag-alone': 'Left out: the photo is flagged, but nothing is outlined. It may be no good part.',
  'not-named': 'Not named by the annotations: it may hold anything, and is left out.',
  'unknown-class': 'Left out: an annotation is of a class that the file doesn’t name.',
  'class-name-long': ({ most }: { readonly most: number }) =>
    `Left out: the name of an annotation’s class is longer than ${most} characters. Shorten it.`,
  panoptic:
    'Left out: its annotations are COCO’s panoptic ones, with outlines in PNG files, which are not read. Export polygons or run lengths (“segmentation”).',
  'no-outline': 'Left out: an annotation has no outline, only a box or nothing.',
  'outline-empty': 'Left out: an outline is empty, so that where the defect is, is not known.',
  'outline-fractions':
    'Left out: the corners of an outline seem to be fractions of the photo’s width and height. They must be pixels: export again.',
  'outline-nowhere':
    'Left out: an outline lies wholly outside the photo, or is smaller than a pixel. Correct it, or export again with corners in pixels of this photo.',
  'outline-unreadable': 'Left out: an outline can’t be read.',
  'labels-alike': 'Labels that differ in upper and lower case alone count as one class.',
  'no-label': 'Left out: a shape has no label.',
  'mask-unreadable': 'Left out: a mask can’t be read, is empty or doesn’t fill its corners.',
  'points-no-numbers': 'Left out: a shape has points that are no numbers.',
  'too-few-points': ({ shape }: { readonly shape: string }) => `Left out: a ${shape} has too few points.`,
  'shape-without-area': ({ shape }: { readonly shape: string }) =>
    `Left out: shapes of the kind “${shape}” have no area; outline the defect as polygon, rectangle or circle.`,
  'line-no-numbers': 'Left out: a line holds something else than numbers.',
  'line-box': 'Left out: a line holds a box. Outlines are needed: export as segmentation.',
  'line-corners': 'Left out: a line doesn’t hold pairs of at least three corners.',
  'line-pose':
    'Left out: the labels are keypoints, as “kpt_shape” says. Outlines are needed: export as segmentation.',
  'line-maybe-pose':
    'Left out: the labels seem to be boxes with keypoints. Outlines are needed: export as segmentation.',
  'line-outside': 'Left out: corners lie outside the image; they must be fractions from 0 to 1.',

  // One photo can't be evaluated
  'file-unreadable': 'The file can’t be read. If it was moved, choose the folder again.',
  'photo-embedded-unreadable': 'The photo that the file holds can’t be read.',
  'other-size': ({
    photo,
    stated,
    cause,
  }: {
    readonly photo: Size;
    readonly stated: Size;
    readonly cause: SizeCause;
  }) =>
    `The photo has ${photo.width} × ${photo.height} px, its annotations are for ${stated.width} × ${stated.height}. ${SIZE_CAUSES[cause]}`,
  'outline-nowhere-there':
    'An outline lies wholly outside the photo, or is too small to cover one of its pixels. Correct it, or export again.',
  'photo-in-part':
    'Not all of its tiles could be looked at, so the photo is left out. Inspect it again, or all photos in one view.',
  'photo-incomplete':
    'A part of the photo is missing: its file ends early or is damaged. Copy it from the camera again.',
  'outlines-do-not-fit': 'Its outlines don’t fit the photo.',
  'outlines-too-fine': 'Its outlines have far too many corners or parts to be compared. Simplify them.',

  // A name for what has none
  'chosen-files': 'Chosen files',
};
