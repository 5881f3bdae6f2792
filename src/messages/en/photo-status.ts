/** What lies over a photo that has no result. */

export const photoStatus = {
  cancel: 'Cancel',
  noModel: 'Not inspected: there is no model',
  failed: 'This photo could not be inspected',
  retry: 'Try again',
  chooseOther: 'Choose another photo',
  remove: 'Remove',
  cancelled: 'Cancelled',
  inspect: 'Inspect it',
  inspectRest: 'Inspect all of it',
};
