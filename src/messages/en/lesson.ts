/** What a person should know of a lesson, although something can be learnt from it. */
import { count, fixed } from './numbers.js';

interface OfPhoto {
  readonly name: string;
}

interface OfSmallMarks {
  /** Photo pixels of their longer sides. */
  readonly under: number;
}

/** Three marked photos and five good ones are the least; a lesson of good ones alone lacks no marks. */
function whatIsLacking(marked: number, good: number): string {
  const lacksMarks = marked > 0 && marked < 3;
  if (good >= 5) return 'Mark at least three.';
  return lacksMarks
    ? 'Mark at least three, and add at least five good ones.'
    : 'Add at least five good ones.';
}

export const lessonDoubts = {
  'few-photos': ({ marked, good }: { readonly marked: number; readonly good: number }) =>
    `Tested on ${marked > 0 ? `${count(marked, 'marked photo')} and ` : ''}${count(good, 'good photo')}: ` +
    `from so few, the figures mean little. ${whatIsLacking(marked, good)}`,
  'class-without-marks': ({ name }: OfPhoto) =>
    `“${name}” is marked nowhere, so it is not learnt. Mark it, or delete it.`,
  'class-in-one-photo': ({ name }: OfPhoto) =>
    `“${name}” is marked in one photo alone, so there is none to test it on. Mark it in another one.`,
  'nothing-found-again':
    'No marked photo was recognised by what was learnt from the others. Mark more photos, or check that the marks cover the defects and nothing else.',
  'taken-for-another-class': ({ misnamed, found }: { readonly misnamed: number; readonly found: number }) =>
    `Of ${count(found, 'marked photo')} in which a defect was found again, ${misnamed} had it taken for another class. ` +
    'Mark more photos of each class, or make one class of them.',
  'photo-left-out': ({ name, cause }: OfPhoto & { readonly cause: string }) =>
    `“${name}” could not be read and was left out: ${cause}`,
  'marks-too-small': ({ under }: OfSmallMarks) =>
    `Some marks are under ${under} px long. Defects as small as these are easily missed: the network sees them with few pixels, and enlarges photos no further. ` +
    'Photograph from closer; if a mark is a stray dot, erase it.',
  'photos-too-large': ({ under }: OfSmallMarks) =>
    `Some marks are under ${under} px long. To learn in seconds, the photos were looked at too coarsely for defects as small as these, which are easily missed. ` +
    'Use fewer photos, or parts of them; if a mark is a stray dot, erase it.',
  'same-place-in-two-classes': ({
    name,
    one,
    other,
  }: OfPhoto & { readonly one: string; readonly other: string }) =>
    `In “${name}”, the same place is marked as “${one}” and as “${other}”. Erase one of them.`,
  'good-and-marked': ({ name, other }: OfPhoto & { readonly other: string }) =>
    `“${name}” and “${other}” show the same, but one is called good and the other has marks. Take one of them out.`,
  'marks-look-like-the-rest': ({ name }: OfPhoto) =>
    `What is marked in “${name}” looks like places that are not marked. Check whether a mark is missing there, or too large here.`,
  'mostly-marked': ({ name, share }: OfPhoto & { readonly share: number }) =>
    `In “${name}”, marks cover ${fixed(share * 100, 0)} % of the photo. Mark the defects alone: all that lies within a mark is learnt as a defect.`,
  copies: ({ name, other }: OfPhoto & { readonly other: string }) =>
    `“${name}” and “${other}” show the same, which counts as one photo.`,
  'photo-of-other-size': ({ name }: OfPhoto) =>
    `“${name}” is of another size than most photos of the lesson. If its part looks larger or smaller for it, take it out, or photograph it again.`,
  'photo-of-other-look': ({ name }: OfPhoto) =>
    `“${name}” looks unlike the other photos, as by another light. Take it out, or add more photos like it.`,
};
