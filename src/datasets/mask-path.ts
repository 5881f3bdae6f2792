/** Names of masks, and of the folders that they lie in. */
import { folderOf, normalPath, withoutExtension } from './paths.js';

export const MASK_FOLDER = /^((\w+_)?masks?|ground_?truths?|gts?|segmentation\w*)$/i;
export const MASK_ENDING = /[_-](mask|gt|seg)$/i;

export const foldersIn = (path: string): string[] => folderOf(normalPath(path)).split('/');

/** Whether it lies where masks lie, or is called like one. */
export const isMask = (path: string): boolean =>
  foldersIn(path).some((folder) => MASK_FOLDER.test(folder)) || MASK_ENDING.test(withoutExtension(path));
