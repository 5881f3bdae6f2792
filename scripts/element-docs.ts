/** `docs/element.md` from the comments of the element's class. */
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { cell, code, table } from './markdown.js';

const CLASS = 'src/components/defect-inspector/defect-inspector.component.ts';
const OUT = 'build/manifest';

interface Described {
  readonly name: string;
  readonly description?: string;
}

interface Typed extends Described {
  readonly type?: { readonly text: string };
  readonly default?: string;
}

interface Member extends Typed {
  readonly kind: 'field' | 'method';
  readonly privacy?: string;
  readonly static?: boolean;
  readonly parameters?: readonly Typed[];
  readonly return?: { readonly type?: { readonly text: string } };
}

interface Declaration extends Described {
  readonly summary?: string;
  readonly tagName?: string;
  readonly attributes: readonly (Typed & { readonly fieldName: string })[];
  readonly members: readonly Member[];
  readonly events: readonly Typed[];
  readonly slots: readonly Described[];
  readonly cssParts: readonly Described[];
  readonly cssProperties: readonly Described[];
}

interface Manifest {
  readonly modules: readonly {
    readonly path: string;
    readonly declarations: readonly Declaration[];
    readonly exports: readonly { readonly name: string }[];
  }[];
}

/** What the class's comments say of what others may use. @throws {Error} where the analyzer fails */
export async function elementManifest(): Promise<Manifest> {
  const words = ['cem', 'analyze', '--litelement', '--quiet', '--globs', CLASS, '--outdir', OUT];
  const { status, stderr } = spawnSync('npx', words, {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`The class could not be read: ${stderr}`);
  const manifest = JSON.parse(await readFile(`${OUT}/custom-elements.json`, 'utf8')) as Manifest;
  const isElement = ({ name }: Described) => name === 'DefectInspectorElement';
  return {
    ...manifest,
    modules: manifest.modules.map((module) => ({
      ...module,
      path: 'lib/element.js',
      declarations: module.declarations.filter(isElement).map(published),
      exports: module.exports.filter(isElement),
    })),
  };
}

function published(element: Declaration): Declaration {
  const members = element.members.filter((one) => one.privacy !== 'private' && !one.static);
  const names = new Set(members.map(({ name }) => name));
  const attributes = element.attributes.filter(({ fieldName }) => names.has(fieldName));
  const silent = [...members, ...attributes].filter(({ description }) => !description);
  if (silent.length > 0) {
    throw new Error(`Nothing says what these are: ${silent.map(({ name }) => name).join(', ')}.`);
  }
  return { ...element, members, attributes };
}

const named = (all: readonly Described[]): string =>
  table(
    ['name', 'what it is'],
    all.map(({ name, description }) => [code(name), cell(description)]),
  );

const signature = ({ name, parameters = [] }: Member): string =>
  `${name}(${parameters.map((one) => (one.default ? `${one.name}?` : one.name)).join(', ')})`;

/** The page. @throws {Error} where a comment is missing */
export async function elementPage(): Promise<string> {
  const { modules } = await elementManifest();
  const [element] = modules.flatMap(({ declarations }) => declarations);
  if (!element) throw new Error(`There is no element in ${CLASS}.`);
  const { attributes, members, events, slots, cssParts, cssProperties, summary = '' } = element;
  const fields = members.filter(
    ({ kind, name }) => kind === 'field' && !attributes.some(({ fieldName }) => fieldName === name),
  );
  const methods = members.filter(({ kind }) => kind === 'method');
  return `# \`<defect-inspector>\`

<!-- Made from the comments of the class by \`npm run docs:reference\`. -->

${summary}

## Attributes

Each is a property, too.

${table(
  ['attribute', 'property', 'type', 'default', 'what it is'],
  attributes.map((one) => [
    code(one.name),
    code(one.fieldName),
    code(one.type?.text),
    code(one.default),
    cell(one.description),
  ]),
)}

## Further properties

${table(
  ['name', 'type', 'what it is'],
  fields.map((one) => [code(one.name), code(one.type?.text), cell(one.description)]),
)}

## Methods

${table(
  ['method', 'returns', 'what it does'],
  methods.map((one) => [code(signature(one)), code(one.return?.type?.text), cell(one.description)]),
)}

## Events

All of them bubble, and leave shadow roots.

${table(
  ['event', 'type', 'when'],
  events.map((one) => [code(one.name), code(one.type?.text), cell(one.description)]),
)}

## Slots

${named(slots)}

## Parts

${named(cssParts)}

## Style variables

${named(cssProperties)}
`;
}
