/** What is made of files that come in. */
import type { KnownFile } from '../../datasets/kind.js';

/** Only the first of them is of use; of the others, their error says what to do. */
const MODEL_NAME = /\.(onnx|ort|pt|pth|ckpt|safetensors|tflite|h5|keras)$/i;
const ZIP_NAME = /\.zip$/i;

export const isModelFile = ({ name }: File): boolean => MODEL_NAME.test(name);
export const isZipFile = ({ name }: File): boolean => ZIP_NAME.test(name);

/** In the list: a night's work, whose results a page can hold. */
export const MOST_PHOTOS = 50_000;

/** A file and where it lies in what was dropped. */
export interface DroppedFile {
  readonly path: string;
  readonly file: File;
}

export interface Drop {
  /** Of the folder, or of the first one. */
  readonly name: string;
  /** Photos, and whatever else was dropped itself, so that its error can say what is wrong with it. */
  readonly files: readonly File[];
  /** Everything, for whoever looks for annotations beside the photos. */
  readonly all: readonly DroppedFile[];
  /** What some of them are, where somebody has looked. */
  readonly known?: ReadonlyMap<File, KnownFile>;
  /** Files that are not used, though somebody may expect it. */
  readonly leftOut?: LeftOut;
  /** How many photos there are beside those. */
  readonly more?: number;
}

/** Names of files that nothing is made of, by what there is to say about them. */
export interface LeftOut {
  readonly masks: readonly string[];
  readonly annotations: readonly string[];
  readonly others: readonly string[];
}

/** Files sorted by what they are for. */
export interface Sorted {
  readonly photos: readonly File[];
  readonly models: readonly File[];
  readonly zips: readonly File[];
}

/** Whatever is neither a model nor a ZIP is taken for a photo, so that its error can say what is wrong with it. */
export function sortFiles(files: readonly File[]): Sorted {
  return {
    photos: files.filter((file) => !isModelFile(file) && !isZipFile(file)),
    models: files.filter(isModelFile),
    zips: files.filter(isZipFile),
  };
}

/** What people keep beside photos without expecting anything of it here. */
const BESIDE = /\.(txt|md|csv|tsv|log|json|html?|pdf|docx?|xlsx?)$/i;

/** Names of what a folder or ZIP holds that nothing is made of, though somebody may expect it. */
export const leftOutOf = (names: readonly string[]): readonly string[] =>
  names.filter((name) => !BESIDE.test(name));

/** A drop of which only the names are known. */
export function withLeftOut(drop: Drop): Drop {
  const taken = new Set(drop.files);
  const others = leftOutOf(drop.all.flatMap(({ file }) => (taken.has(file) ? [] : file.name)));
  return { ...drop, leftOut: { masks: [], annotations: [], others } };
}

/** Whether a file of that name is of use when it is dropped by itself. */
export const isUsedAlone = (name: string): boolean => MODEL_NAME.test(name) || ZIP_NAME.test(name);
