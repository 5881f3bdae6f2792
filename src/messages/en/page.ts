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
};
