/** The handle of the details on a phone. */

export const sheet = {
  smaller: 'Smaller details',
  larger: 'Larger details',
};
