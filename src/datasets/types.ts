import type { CocoSegmentation } from '../core/evaluation/coco.js';
import type { Region } from '../core/types.js';
import type { Problem } from './errors.js';

/** A folder's files, and where they lie in it. */
export interface Folder {
  readonly name: string;
  readonly files: readonly { readonly path: string; readonly file: Blob }[];
}

/** What annotated photos come in: plain data that can be sent to a worker. */
export type Container = Folder | Packed;

/** A ZIP of annotated photos; or one of photos, and another of their annotations. */
export interface Packed {
  readonly name: string;
  readonly zip: Blob;
  readonly annotations?: Blob;
}

/** A file of a folder or a ZIP, read only when it is needed. */
export interface SourceFile {
  /** With `/` between folders, relative to the folder or ZIP. */
  readonly path: string;
  /** Bytes, where that is known without looking the file up. */
  readonly size?: number;
  /** All of it. Rejects when the file is gone, damaged or encrypted, with a {DatasetError} where that can be told. */
  blob(): Promise<Blob>;
  /** The same, where bytes can be had without a Blob, which takes a browser longer than a small file. */
  bytes?(): Promise<Uint8Array>;
  /** Its first bytes, where they can be had without the rest. */
  head?(bytes: number): Promise<Uint8Array>;
}

/** What is done with a folder or ZIP: its files are handed over, looked into, read, or their sizes are compared. */
export type ReadingStep = 'opening' | 'files' | 'annotations' | 'photos';

/** Hears how far reading is: how many files, or photos, of how many. */
export type OnReading = (done: number, total: number, step: ReadingStep) => void;

export interface Source {
  /** Of the folder or ZIP. */
  readonly name: string;
  readonly files: readonly SourceFile[];
}

export type DatasetFormat = 'COCO' | 'LabelMe' | 'YOLO';

/** An outline in pixels, one of several parts, or one in fractions of width and height, for which the image's size must be known. */
export type Outline =
  | { readonly unit: 'pixels'; readonly segmentation: CocoSegmentation }
  | {
      readonly unit: 'parts';
      readonly regions: readonly Region[];
      readonly polygons: readonly (readonly number[])[];
    }
  | { readonly unit: 'fractions'; readonly polygon: readonly number[] };

/** A defect that a person has outlined. */
export interface Truth {
  readonly className: string;
  readonly outline: Outline;
  /** A region of many defects (COCO's `iscrowd`), which counts neither way. */
  readonly isCrowd: boolean;
}

export interface DatasetImage {
  /** The photo, or the LabelMe file that it is embedded in: see `openPhoto`. */
  readonly file: SourceFile;
  /** Where the annotations state it. */
  readonly size?: { readonly width: number; readonly height: number };
  /** None: a good part. */
  readonly truths: readonly Truth[];
}

/** What files beside photos say about them. The other photos show good parts, if nothing else says more. */
export interface Annotated {
  readonly images: readonly DatasetImage[];
  /** Photos whose annotations can't be used; the ledger says why. */
  readonly doubtful: ReadonlySet<SourceFile>;
  /** Annotations whose photo isn't there. */
  readonly strays: readonly SourceFile[];
  /** Whether one of these says that something is to be seen: it may be meant for any photo that has none. */
  readonly hasStray: boolean;
}

export interface Dataset {
  readonly name: string;
  readonly format: DatasetFormat;
  /** Names of the classes that annotations use, in the dataset's order. */
  readonly classes: readonly string[];
  readonly images: readonly DatasetImage[];
  readonly problems: readonly Problem[];
  /** The file that holds the annotations, and the others that could: only COCO has several. */
  readonly annotationFile?: string;
  readonly annotationFiles: readonly string[];
}
