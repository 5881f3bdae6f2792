/** What can go wrong between views and engine. */
import { grouped, named, pick } from './numbers.js';

export interface OneOf {
  readonly used: string;
  readonly others: readonly string[];
}

export interface LeftOutOf {
  /** Of the folder or ZIP. */
  readonly name: string;
  readonly leftOut: readonly string[];
}

export interface CommandArgs {
  readonly command: string;
  readonly name: string;
  readonly kind: keyof typeof ARGUMENTS;
}

const ARGUMENTS = {
  number: 'a number',
  text: 'a text',
  flag: 'true or false',
  list: 'a list',
  object: 'an object',
  value: 'which is missing',
};

export const workbenchErrors = {
  'photo-cancelled': 'This photo was cancelled. Retry it when you need it.',
  /** A fault of ours: what it was says nothing to a person. */
  unexpected: 'Something unexpected went wrong. Try again.',
  /** What a program asks for by mistake. */
  'command-args': ({ command, name, kind }: CommandArgs) =>
    `The command “${command}” needs “${name}”, ${ARGUMENTS[kind]}.`,
  'evaluation-not-loaded': 'The evaluation could not be loaded. Check the connection and try again.',
  'evaluated-model-gone': ({ name }: { name: string }) =>
    `“${name}” is no longer the model in use, and figures are of one model. Choose it again, or inspect all photos anew.`,
  'lesson-samples-not-loaded': 'The sample parts could not be loaded. Check the connection and try again.',
  'models-dialog-not-loaded': 'The list of models could not be loaded. Check the connection and try again.',
  'drop-without-photo': ({
    name,
    leftOut = [],
  }: {
    readonly name: string;
    readonly leftOut?: readonly string[];
  }) =>
    `There is no photo in ${name}${leftOut.length > 0 ? `, only ${named(leftOut)}` : ''}. ` +
    'Drop photos, or a folder or ZIP with photos in it.',
  /** `hasOwn`: a model or a ZIP is among them. */
  'files-left-out': ({ name, leftOut, hasOwn = false }: LeftOutOf & { readonly hasOwn?: boolean }) =>
    `Not used of ${name}: ${named(leftOut)}.` +
    (hasOwn ? ' A model or a ZIP is used when it is dropped by itself.' : ''),
  'masks-left-out': ({ name, leftOut }: LeftOutOf) =>
    `Masks in ${name} are not inspected as photos: ${named(leftOut)}. To compare what is found with them, export them as COCO, LabelMe or YOLO segmentation and choose Evaluate.`,
  'annotations-left-out': ({ name, leftOut }: LeftOutOf) =>
    `Annotations in ${name} are not used: ${named(leftOut)}. Evaluate compares what is found with annotations; it reads COCO, LabelMe and YOLO segmentation, so export them as one of these.`,
  'one-model-of-several': ({ used, others }: OneOf) =>
    `One model is used at a time: ${used}. To try ${named(others)}, drop one by itself.`,
  'one-zip-of-several': ({ used, others }: OneOf) =>
    `One ZIP is evaluated at a time: ${used}. ` +
    (others.length > 0 ? `To evaluate ${named(others)}, drop one by itself. ` : '') +
    'Photos and annotations that belong together must lie in the same ZIP, or in two that are dropped without others.',
  'listed-not-evaluated': ({ names }: { readonly names: readonly string[] }) =>
    `There are no annotations with ${named(names)}, so there is nothing to evaluate: ${pick(names.length, 'it is', 'they are')} in the list of photos, behind this. To evaluate, drop a folder or ZIP with photos and their annotations.`,
  'too-many-photos': ({ most, left }: { readonly most: number; readonly left: number }) =>
    `The list holds ${grouped(most)} photos at a time: ${grouped(left)} ${pick(left, 'photo is', 'photos are')} not in it. Save what is found on these, clear the list, and drop the others by themselves.`,
  'drag-without-photo': 'What was dragged here is no photo. Drop a file, or a picture of another page.',
  'teaching-not-loaded': 'Teaching could not be loaded. Check the connection and try again.',
  'usage-not-loaded': 'The usage figures could not be loaded. Check the connection and try again.',
};
