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

export const datasets = {
  // Nothing can be evaluated
  'no-images': ({ source }: Of) => `There are no images in ${source}.`,
  'no-annotations': ({ source, images }: Of & { readonly images: number }) =>
    `There ${pick(images, 'is', 'are')} ${count(images, 'image')} in ${source}, but no annotations: a COCO file, LabelMe files or YOLO labels must lie in the same folder or ZIP.`,
  'names-no-image': ({ source, file }: Of & { readonly file: string }) =>
    `${file} names none of the images in ${source} that can be used.`,
  'no-zip': ({ source }: Of) => `${source} is not a ZIP, or it ends early. Pack the folder again.`,
  unreadable: ({ source }: Of) => `${source} can’t be read. If it was moved, choose it again.`,
  failed: ({ text }: { readonly text: string }) => `The evaluation failed (${text}). Try again.`,

  // Something is left out; each holds for one file and for many
  'not-json': 'Not readable as JSON: it is damaged, or something else.',
  'not-yaml': 'Not readable as YAML: the classes are called by their numbers.',
  'no-names': 'No data.yaml or classes.txt names the classes: they are called by their numbers.',
  'no-file-name': 'An entry of an image has no file name.',
  'image-missing': 'Annotated, but the image is not there.',
  'listed-twice': 'Listed more than once; only the first entry is used.',
  'not-named': 'Not named by the annotations: it may hold anything, and is left out.',
  'unknown-class': 'Left out: an annotation is of a class that the file doesn’t name.',
  'no-outline': 'Left out: an annotation has no outline, only a box or nothing.',
  'outline-unreadable': 'Left out: an outline can’t be read.',
  'no-label': 'Left out: a shape has no label.',
  'points-no-numbers': 'Left out: a shape has points that are no numbers.',
  'too-few-points': ({ shape }: { readonly shape: string }) => `Left out: a ${shape} has too few points.`,
  'shape-without-area': ({ shape }: { readonly shape: string }) =>
    `Left out: shapes of the kind “${shape}” have no area; outline the defect as polygon, rectangle or circle.`,
  'line-no-numbers': 'Left out: a line holds something else than numbers.',
  'line-box': 'Left out: a line holds a box. Outlines are needed: export as segmentation.',
  'line-corners': 'Left out: a line doesn’t hold pairs of at least three corners.',
  'line-outside': 'Left out: corners lie outside the image; they must be fractions from 0 to 1.',
  'label-unreadable': 'Left out: the label can’t be read.',

  // One photo can't be evaluated
  'file-unreadable': 'The file can’t be read.',
  'other-size': ({ photo, stated }: { readonly photo: Size; readonly stated: Size }) =>
    `The photo has ${photo.width} × ${photo.height} px, its annotations are for ${stated.width} × ${stated.height}.`,
  'outlines-do-not-fit': 'Its outlines don’t fit the photo.',

  // Names for what has none
  'chosen-files': 'Chosen files',
  'numbered-class': ({ number }: { readonly number: number }) => `class ${number}`,
};
