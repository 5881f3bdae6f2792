/** The entry of a lesson's file that says everything. */
export const HEAD = 'lesson.json';

/** How much of a file's end, bytes, is looked at: where its entries are listed. */
const LISTING = 200_000;
/** And of its beginning: of so many photos that the list is longer, the entry is the first that was written. */
const BEGINNING = 100;

/** Whether it is worth while to look for a lesson in a ZIP: whether an entry has that name, as far as that can be told at once. */
export async function mayHoldLesson(zip: Blob): Promise<boolean> {
  const parts = [zip.slice(0, BEGINNING), zip.slice(-LISTING)];
  const texts = await Promise.all(parts.map((part) => part.text()));
  return texts.some((text) => text.includes(HEAD));
}
