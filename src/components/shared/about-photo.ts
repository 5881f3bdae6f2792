import { InspectorError } from '../../core/errors.js';

/** Whether it would occur again with the same photo. */
export const isAboutPhoto = (error: unknown): boolean =>
  error instanceof InspectorError &&
  (error.code === 'unsupported-image' || error.code === 'corrupt-image' || error.code === 'image-too-large');
