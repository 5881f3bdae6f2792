/** What commands need to know, for programs whose types nobody has checked. */
import { InspectorError } from '../../core/errors.js';
import type { CommandId, Commands } from './commands.js';

type Kind = 'number' | 'text' | 'flag' | 'list' | 'object' | 'value';
type Wanted = Kind | `${Kind}?`;
/** By the names of the arguments; with `?` where they may be missing. */
type Shape<Args> = { readonly [Name in keyof Args]-?: Wanted };
type WithArgs = { [Id in CommandId]: Commands[Id] extends undefined ? never : Id }[CommandId];

const ONE = { id: 'number?' } as const;
const SCOPE = { scope: 'text' } as const;
const KEY = { key: 'text' } as const;
const FORMAT = { format: 'text' } as const;

const ARGS: { readonly [Id in WithArgs]: Shape<NonNullable<Commands[Id]>> } = {
  'export.csv': SCOPE,
  'export.json': SCOPE,
  'export.coco': SCOPE,
  'photos.select': { ids: 'list' },
  'photos.order': { by: 'text' },
  'photo.show': { id: 'number' },
  'photo.cancel': ONE,
  'photo.retry': ONE,
  'photo.thorough': ONE,
  'photo.remove': ONE,
  'photo.bits': { id: 'number?', bits: 'number' },
  'detail.set': { detail: 'text' },
  'smallest.set': { smallest: 'number?' },
  'area.inspect': { id: 'number?', area: 'list?' },
  'defect.select': ONE,
  'defect.hover': ONE,
  'defect.zoom': ONE,
  'view.set': { view: 'text?' },
  'fill.set': { opacity: 'number' },
  'class.toggle': { id: 'number' },
  'table.sort': KEY,
  'theme.set': { theme: 'text' },
  // Frameworks set a property that has no value to undefined.
  'threshold.set': { threshold: 'value?' },
  'class.threshold': { id: 'number', threshold: 'value' },
  'thresholds.use': { hash: 'text', thresholds: 'object' },
  'export.csv-style': { style: 'text' },
  'dialog.close': { dialog: 'text?' },
  'keys.letters': { isOn: 'flag' },
  'evaluation.read': { source: 'object' },
  'evaluation.read-by': { annotationFile: 'text' },
  'evaluation.look': { detail: 'text' },
  'evaluation.compare': { model: 'value?' },
  'evaluation.map': { place: 'number', name: 'text', to: 'value' },
  'evaluation.count': {
    rule: 'text?',
    costRatio: 'number?',
    threshold: 'number?',
    isAnyDefect: 'flag?',
    areCrowdsDefects: 'flag?',
  },
  'evaluation.list': { place: 'number', choice: 'object' },
  'evaluation.case': { place: 'number?' },
  'evaluation.export': FORMAT,
  'lesson.start': { name: 'text?' },
  'lesson.rename': { name: 'text', key: 'text?' },
  'lesson.add-class': { name: 'text' },
  'lesson.change-class': { id: 'number', name: 'text?', color: 'text?' },
  'lesson.remove-class': { id: 'number' },
  'lesson.choose-class': { id: 'number' },
  'lesson.class-number': { number: 'number' },
  'lesson.tool': { tool: 'text' },
  'lesson.brush': { radius: 'number' },
  'lesson.mark': { photo: 'number?', region: 'object' },
  'lesson.erase': { photo: 'number?', region: 'object' },
  'lesson.remove-mark': { photo: 'number?', id: 'number' },
  'lesson.change-mark': { photo: 'number?', id: 'number', classId: 'number' },
  'lesson.good': { ids: 'list?' },
  'lesson.accept': { photo: 'number?', detection: 'number?' },
  'lesson.show-next': { index: 'number' },
  'lesson.save': { keep: 'text' },
  'lesson.open': KEY,
  'lesson.duplicate': KEY,
  'lesson.delete': KEY,
  'lesson.forget': { id: 'number' },
  'usage.export': FORMAT,
  'notice.dismiss': { subject: 'object' },
  'model.choose': { choice: 'object' },
  'model.file': { file: 'object' },
  'model.fetch': { url: 'text' },
  'model.rename': { hash: 'text', name: 'text' },
  'model.delete': { hash: 'text' },
  'model.hints': { hints: 'object' },
};

/** What is of a kind; numbers that are none are never. */
const IS: { readonly [K in Kind]: (value: unknown) => boolean } = {
  number: (value) => typeof value === 'number',
  text: (value) => typeof value === 'string',
  flag: (value) => typeof value === 'boolean',
  list: Array.isArray,
  object: (value) => typeof value === 'object',
  value: () => true,
};

/** What a command is not told, though it needs to know it; undefined where there is no such thing. */
export function faultIn(command: CommandId, args: unknown): InspectorError | undefined {
  const shape: Readonly<Record<string, Wanted>> = Object.hasOwn(ARGS, command)
    ? ARGS[command as WithArgs]
    : {};
  const given = Object(args) as Readonly<Record<string, unknown>>;
  const found = Object.entries(shape).find(([name, wanted]) => !isSo(given[name], wanted));
  if (!found) return undefined;
  const [name, wanted] = found;
  const params = { command, name, kind: kindOf(wanted) };
  return new InspectorError({ code: 'unsupported-image', reason: 'command-args', params });
}

const kindOf = (wanted: Wanted): Kind => wanted.replace('?', '') as Kind;

function isSo(value: unknown, wanted: Wanted): boolean {
  const kind = kindOf(wanted);
  if (value === undefined || value === null) return kind !== wanted;
  return IS[kind](value) && !Number.isNaN(value);
}
