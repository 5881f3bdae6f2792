/** What the page adds to the element. */

export const page = {
  usage: 'Usage',
  usageNotLoaded: 'Usage could not be loaded: try again',
  /** The name of a photo that is no photo. */
  sample: ({ title }: { readonly title: string }) => `${title} (generated)`,
};
