/** What is read of the page before its program runs: by people, search engines and the lists of installed programs. */

export const indexHtml = {
  title: 'Defect Inspector',
  description:
    'Drop photos of parts and see every surface defect outlined, named, measured and scored. In your browser; no photo leaves your device.',
  noScript:
    'Defect Inspector finds surface defects in photos with a program that runs in your browser. It needs JavaScript and WebAssembly; please allow them for this page.',
  /** Shown where the program has not begun: at once from a disk, else after a while. */
  notStarted: 'Defect Inspector has not started.',
  notStartedFromDisk:
    'If you opened it as a file (the address begins with “file:”): browsers run no such page from a disk. Open a terminal in its folder, run “npx serve” or “python3 -m http.server”, and open the address that it prints.',
  notStartedFromHost:
    'Otherwise a part of it is missing, blocked, or still on its way. Reload the page, in a current Chrome, Edge, Firefox or Safari. If that does not help, tell whoever runs it: the host must give every file, and call scripts “text/javascript”.',
  /** Under the icon of the installed page. */
  shortTitle: 'Inspector',
  /** What the pictures show where a browser offers to install the page. */
  screenshot: 'A photo with its defects outlined, beside the table of them',
  /** Where a browser offers to install the page. */
  installedDescription: 'Surface defects outlined and measured in your browser',
};
