/** What the page adds to the element. */

export const pageTexts = {
  usage: 'Usage',
  usageNotLoaded: 'Usage could not be loaded: try again',
};
