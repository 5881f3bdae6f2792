import { parse } from 'yaml';
import { DatasetError } from './errors.js';

/** A number of a class; more digits would stand for more classes than anybody has. */
const NUMBER = /^\d{1,4}$/;

/** At the margin, but no key: a part of a list in brackets. YAML 1.2 wants it indented; what trains YOLO doesn't. */
const PART_OF_LIST = /^(?=["'\w][^:\r\n\u2028\u2029]*[,\]}][ \t]*(#.*)?$)/gm;

/**
 * The entry `names` of a YAML file, a list or a map by number. A number without a name is a hole.
 *
 * @throws {DatasetError} when the text is no YAML, or has that entry twice
 */
export function yamlNames(text: string): (string | undefined)[] {
  const names = read(text);
  if (Array.isArray(names)) return names.map(toName);
  const byNumber: (string | undefined)[] = [];
  if (names instanceof Map) {
    for (const [key, name] of names as ReadonlyMap<unknown, unknown>) {
      if (NUMBER.test(String(key))) byNumber[Number(key)] = toName(name);
    }
  }
  return byNumber;
}

/** Deeper than anybody nests: the parser goes down by calling itself, and takes the whole worker along. */
const MAX_DEPTH = 100;
/** Longer than any list of classes. */
const MAX_LENGTH = 2e6;

const NAMES = /^(["']?)names\1[ \t]*:/gm;

function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = Math.max(0, depth + (bracket === '[' || bracket === '{' ? 1 : -1));
    if (depth > MAX_DEPTH) return true;
  }
  return /(?:[-?:]\s+){100}/.test(text);
}

function read(text: string): unknown {
  if (text.length > MAX_LENGTH || isTooDeep(text)) throw new DatasetError({ reason: 'not-yaml' });
  // Of two lists, nobody knows which one counts.
  if ((text.match(NAMES)?.length ?? 0) > 1)
    throw new DatasetError({ reason: 'key-twice', params: { key: 'names' } });
  try {
    // By YAML's failsafe schema every scalar is the text that it is written as: a class may be called `no` or `007`.
    const options = {
      schema: 'failsafe',
      mapAsMap: true,
      uniqueKeys: false,
      logLevel: 'error',
      prettyErrors: false,
    } as const;
    const file: unknown = parse(text.replace(PART_OF_LIST, ' '), options);
    return file instanceof Map ? file.get('names') : undefined;
  } catch (cause) {
    throw new DatasetError({ reason: 'not-yaml' }, { cause });
  }
}

const toName = (name: unknown): string | undefined =>
  typeof name === 'string' && name.trim() !== '' ? name : undefined;
