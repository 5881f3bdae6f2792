/** The table of defects. */
export const table = {
  label: 'Defects',
  /** Of the first column, whose title is a sign. */
  number: 'Number',
  titles: {
    id: '#',
    class: 'Class',
    score: 'Score',
    x: 'x',
    y: 'y',
    width: 'Width',
    height: 'Height',
    area: 'Area',
  },
  units: { x: 'px', y: 'px', width: 'px', height: 'px', area: 'px²' },
};
