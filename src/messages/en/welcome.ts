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
};
