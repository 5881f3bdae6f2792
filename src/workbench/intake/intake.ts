/** What is made of files that come in. */

/** Only the first of them is of use; of the others, their error says what to do. */
const MODEL_NAME = /\.(onnx|ort|pt|pth|ckpt|safetensors|tflite|h5|keras)$/i;
const ZIP_NAME = /\.zip$/i;

export const isModelFile = ({ name }: File): boolean => MODEL_NAME.test(name);
export const isZipFile = ({ name }: File): boolean => ZIP_NAME.test(name);

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
}

/** Files sorted by what they are for. */
export interface Sorted {
  readonly photos: readonly File[];
  /** The last of each, where there are several. */
  readonly model: File | undefined;
  readonly zip: File | undefined;
}

/** Whatever is neither a model nor a ZIP is taken for a photo, so that its error can say what is wrong with it. */
export function sortFiles(files: readonly File[]): Sorted {
  return {
    photos: files.filter((file) => !isModelFile(file) && !isZipFile(file)),
    model: files.findLast(isModelFile),
    zip: files.findLast(isZipFile),
  };
}
