/** The entry of a lesson's file that says everything. */
export const HEAD = 'lesson.json';

/** How much of a file's end, bytes, is looked at: where its entries are listed. */
const LISTING = 200_000;
/** And of its beginning: of so many photos that the list is longer, the entry is the first that was written. */
const BEGINNING = 100;
/** Where a ZIP names its first entry, bytes. */
const FIRST_NAME = 30;

type Named = Blob & { readonly name?: string };

/** Whether it is worth while to look for a lesson in a ZIP: whether it is called one, or an entry has that name, as far as that can be told at once. */
export async function mayHoldLesson(zip: Named): Promise<boolean> {
  if (isCalledLesson(zip)) return true;
  const parts = [zip.slice(0, BEGINNING), zip.slice(-LISTING)];
  const texts = await Promise.all(parts.map((part) => part.text()));
  return texts.some((text) => text.includes(HEAD));
}

/** Whether a file has the name of one that was exported, or downloaded again: `Caps.lesson.zip`, `Caps.lesson (1).zip`. */
export const isCalledLesson = ({ name = '' }: Named): boolean => /\.lesson ?(\(\d+\))?\.zip$/i.test(name);

/** Whether a file's first entry is that of a lesson, be the rest missing. */
export async function beginsAsLesson(zip: Blob): Promise<boolean> {
  const start = await zip.slice(0, FIRST_NAME + HEAD.length).text();
  return start.startsWith('PK') && start.endsWith(HEAD);
}
