/** The list of keys. */

export const keys = {
  title: 'Keys',
  close: 'Close',
  /** Above the keys of teaching, and above the others then. */
  lesson: 'While you teach',
  otherwise: 'Otherwise',
  letters: 'Letters, digits and signs are keys',
  /** What is said of it. */
  aboutLetters:
    'Off, only keys with a name work: arrows, Enter, Esc, Page Up and Down, Space, Ctrl Z and Ctrl Y.',
  help: {
    defects: 'Next and previous defect',
    photos: 'Next and previous photo (arrow keys in the list)',
    zoomToDefect: 'Zoom to the selected defect',
    zoom: 'Zoom (or the wheel, with Ctrl where the page scrolls)',
    fit: 'Show all of the photo (or double click)',
    actualSize: 'True size, one to one',
    keepView: 'Keep zoom and place for the next photo',
    move: 'Move the photo, or the edge of a wipe, when it has the focus',
    hide: 'Hide the defects while held',
    view: 'Next view',
    display: 'Boxes, labels',
    threshold: 'Lower and raise the threshold',
    automatic: 'Automatic threshold',
    area: 'Draw a rectangle to inspect it alone, inspect what is in view (Esc: don’t)',
    choose: 'Choose photos',
    evaluate: 'Evaluate the model on annotated photos',
    deselect: 'Deselect',
    undo: 'Undo what was removed or changed, and do it again',
    keys: 'This list',
    tools: 'Move, brush, eraser, polygon, rectangle',
    brush: 'Smaller and larger brush (or Shift and the wheel)',
    markClass: 'Class of the next mark, or of the selected one',
    good: 'This whole photo is good, or no longer',
    accept: 'Accept the selected defect as a mark',
    learn: 'Learn',
    crosshair: 'With a tool, on the photo: move the crosshair (with Shift by a pixel), begin and end',
    polygon: 'Complete a polygon, take its last corner back, give up what is drawn',
    hand: 'Move the photo while held (or the middle button, or two fingers)',
    removeMark: 'Remove the selected mark',
  },
};
