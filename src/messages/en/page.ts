/** What the page adds to the element. */
import { count, fixed } from './numbers.js';

export const page = {
  /** What the generated pictures show, by the names of their files. */
  samples: {
    'ball-screw-pitting.jpg': 'Ball screw, pitting',
    'strip-scratches.jpg': 'Steel strip, scratches',
    'strip-patches.jpg': 'Steel strip, patches',
    'tile-cracks.jpg': 'Magnetic tile, cracks',
    'tile-uneven.jpg': 'Magnetic tile, uneven',
    'ball-screw-clean.jpg': 'Ball screw, free of defects',
  },
  /** The name of a photo that is no photo. */
  sample: ({ title }: { readonly title: string }) => `${title} (generated)`,
  /** A version is '' where it doesn't say. */
  updates: {
    ready: ({ version }: { readonly version: string }) =>
      `${version ? `Version ${version}` : 'A new version'} is ready. Reloading takes a moment; photos and results that are in no file are lost.`,
    inUse: ({ version }: { readonly version: string }) =>
      `${version ? `Version ${version}` : 'A new version'} is in use in another window; here it will be after a reload. Photos and results that are in no file are lost then.`,
    reload: 'Reload',
    later: 'Later',
  },
  /** A host that gives files of the page wrongly; addresses are whole. */
  hostFaults: {
    heading:
      'The host of this page does not give all of its files as they should be. Until that is mended, parts of it may fail, or all of it without a network. Please tell whoever runs this page:',
    missing: ({ url, status }: { readonly url: string; readonly status: number }) =>
      `${url} is missing: the host answers ${status}.`,
    'web-page': ({ url }: { readonly url: string }) => `${url} is missing: the host answers with a web page.`,
    'wrong-type': ({
      url,
      type,
      wanted,
    }: {
      readonly url: string;
      readonly type: string;
      readonly wanted: string;
    }) => `${url} comes ${type ? `as “${type}”` : 'without a type'}; browsers want “${wanted}”.`,
    changed: ({
      url,
      bytes,
      wanted,
    }: {
      readonly url: string;
      readonly bytes: number;
      readonly wanted: number;
    }) =>
      bytes < wanted
        ? `${url} comes cut: ${fixed(bytes, 0)} of ${fixed(wanted, 0)} bytes.`
        : `${url} comes changed: it is not the file that was built.`,
    more: (files: number) => `And ${count(files, 'more file')}.`,
    close: 'Close',
  },
};
