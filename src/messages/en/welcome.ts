/** The first screen. */

export const welcome = {
  title: 'Every surface defect outlined, named, measured and scored',
  promise:
    'Drop photos of parts. They are inspected here, in your browser: nothing leaves this device. Photos and results are gone when the page is closed; models and settings are kept.',
  choose: 'Choose photos',
  /** Go on from the button. */
  orDrop: 'or drop photos and folders anywhere,',
  orPaste: 'or paste a picture from the clipboard',
  orCamera: 'from this device or its camera',
  samples: 'Or try a sample',
  aboutSamples: 'generated pictures, not real parts',

  notAmongThese: 'Your part is not among these? Teach it.',
  whatItTakes:
    'It takes about ten photos, a few strokes of the brush and some seconds, here in your browser: then it finds the like in all your photos.',
  teach: 'Teach my part',
  walk: 'Try it with sample parts (2 minutes)',
  goOn: ({ name }: { readonly name: string }) => `Go on with: ${name}`,
  /** Once somebody teaches, and there is no photo yet. */
  lesson: ({ name }: { readonly name: string }) => `Teach: ${name}`,
  aboutLesson:
    'Add photos of your part: about ten without defects and at least three with some, all from the same camera, distance and light as those that you want to inspect later.',
  notNow: 'Not now',
};
