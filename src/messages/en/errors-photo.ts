/** What can be wrong with a photo. */
import { fixed, size } from './numbers.js';

const ADVICE = 'Choose a JPEG, PNG, WebP, AVIF, BMP or GIF photo.';

/** MIME types of these. */
const OPENED = /^image\/(jpe?g|png|webp|avif|(x-ms-)?bmp|gif)$/;

/** Phones write HEIC unless they are told otherwise. */
const PHONE_ADVICE =
  ' On an iPhone, choose Settings, Camera, Formats, Most Compatible to take JPEGs from now on.';

/** Rounded up, so that what is too large is never said to be as large as the limit. */
const megapixels = (pixels: number): string => fixed(Math.ceil(pixels / 1e6), 0);

export const photoErrors = {
  // No photo at all
  'photo-empty': `This file is empty. ${ADVICE}`,
  'photo-is-drawing': `An SVG file is a drawing, not a photo. ${ADVICE}`,
  'photo-is-document': `A PDF file is a document, not a photo. ${ADVICE}`,
  'photo-is-archive': ({ archive }: { readonly archive: string }) =>
    `This is an archive (${archive}), not a photo. Unpack it and drop the folder, or pack the photos as a file that ends in .zip.`,
  'photo-is-pointer':
    'This is a Git LFS pointer, not the photo itself: run "git lfs pull" where the files come from, and choose it again.',
  'photo-is-json':
    'This is a JSON file, as of results or annotations, not a photo. Drop the photos; annotations are read where they lie beside their photos in one folder or ZIP.',
  'photo-is-video': ({ type }: { readonly type: string }) => `A video (${type}) is not a photo. ${ADVICE}`,
  /** `type`: the file's MIME type, '' where nobody knows it. */
  'photo-of-unknown-format': ({ type }: { readonly type: string }) =>
    // A browser takes the type from the name.
    OPENED.test(type)
      ? `This file is called a photo (${type}), but holds none. If it was copied or downloaded, do that again; else open it in the program that wrote it, and save it as JPEG or PNG.`
      : `This is not a photo that can be read${type ? ` (${type})` : ''}. ${ADVICE}`,
  'photo-of-zeros':
    'This file holds nothing but zeros: it was not written to its end, or its disk is damaged. Copy it from the camera again.',
  'not-a-photo': 'This is not a photo: give a file, a URL, a canvas or an image.',

  // Files
  'photo-format-not-opened': ({ format }: { readonly format: string }) =>
    `This program or browser can't open ${format.toUpperCase()} photos. Save the photo as JPEG or PNG and try again.` +
    (format === 'heic' ? PHONE_ADVICE : ''),
  'photo-jpeg-not-opened':
    "This JPEG is of a kind that browsers can't open: with 12 bits a sample, or without loss. Save it as an ordinary JPEG, or as PNG, and try again.",
  'photo-damaged': ({ format }: { readonly format: string }) =>
    `This ${format.toUpperCase()} file is damaged or incomplete and can't be opened. Copy it from the camera again.`,
  'photo-file-gone':
    "The file can't be read any more. If it was moved, renamed or unplugged, choose it again.",
  'photo-too-large': ({ pixels, limit }: { readonly pixels: number; readonly limit: number }) =>
    `This photo has ${megapixels(pixels)} megapixels; at most ${megapixels(limit)} fit. ` +
    'Crop it or reduce its size.',
  /** Size of the photo, in pixels. */
  'area-no-rectangle':
    'An area is [x, y, width, height] in pixels of the photo, and at least one pixel wide and high.',
  'area-outside-photo': (photo: { readonly width: number; readonly height: number }) =>
    `The area to be inspected lies outside of this photo (${size(photo)}). Choose one within it.`,
  'photo-decoding-too-slow':
    'This photo takes too long to open: it is packed in an unusual way. Open it in an image program, save it as JPEG or PNG, and try again.',
  'no-memory-for-photo':
    'The browser has no memory left for this photo. Close other pages, or use a smaller photo.',

  // Images of the page
  'image-without-pixels': 'This image has no pixels. Hand it in once it is loaded, or choose another one.',
  'image-of-other-site':
    'The pixels of this image may not be read: it comes from another site without permission (CORS). Download it there, and drop the file.',
  'image-too-large-for-browser':
    'This photo is too wide or too high for the browser. Cut it into parts, or reduce its size.',
  'image-not-loaded':
    'The image element shows no image that could be loaded. Check its address, or choose another one.',
};
