/** The entry of a lesson's file that says everything. */
export const HEAD = 'lesson.json';

/** How much of a file's end, bytes, is looked at: where its entries are listed. */
const LISTING = 200_000;

/** Whether it is worth while to look for a lesson in a ZIP: whether an entry has that name, as far as that can be told at once. */
export async function mayHoldLesson(zip: Blob): Promise<boolean> {
  const listing = await zip.slice(-LISTING).text();
  return listing.includes(HEAD);
}
