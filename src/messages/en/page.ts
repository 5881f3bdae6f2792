/** What the page adds to the element. */

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
};
