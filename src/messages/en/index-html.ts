/** What is read of the page before its program runs: by people, search engines and the lists of installed programs. */

export const indexHtml = {
  title: 'Defect Inspector',
  description:
    'Drop photos of parts and see every surface defect outlined, named, measured and scored. In your browser; no photo leaves your device.',
  noScript:
    'Defect Inspector finds surface defects in photos with a program that runs in your browser. It needs JavaScript and WebAssembly; please allow them for this page.',
  /** Shown where the program has not begun after a while. */
  notStarted:
    'Defect Inspector has not started: a part of it is missing, or still on its way. Reload the page, in a current Chrome, Edge, Firefox or Safari. If that does not help, tell whoever runs it.',
  /** Under the icon of the installed page. */
  shortTitle: 'Inspector',
  /** Where a browser offers to install the page. */
  installedDescription: 'Surface defects outlined and measured in your browser',
};
