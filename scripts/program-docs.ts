/** `docs/program.md`, for those who use the package from a program: from the comments of what it exports. */
import { readFile } from 'node:fs/promises';
import ts from 'typescript';
import { COMMAND_IDS } from '../src/workbench/commands/registry.js';
import { cell, code, table } from './markdown.js';

/** What the entries of the package are for, by their names in `package.json`. */
const ENTRIES: Readonly<Record<string, string>> = {
  '.': 'All of the next three, and it registers the element.',
  './element': 'The class of the element, which registers nothing: for a tag of your own.',
  './detector': '`createDetector` and `teach`, without any view.',
  './core':
    'Pure functions on results, also for servers: thresholds, files, masks and their measures, evaluation.',
  './embed': '`connect`, for a page that shows `embed.html` in a frame: [embedding](embedding.md).',
  './react': 'The element as a component of React, and its tag for JSX.',
  './vite':
    'The plugin for Vite, which serves workers, runtime and models: [deploy](deploy.md#inside-another-page).',
  './defect-inspector.bundle.js': 'The first one in a file with Lit inside, for pages without a build tool.',
  './models/*': 'The shipped models.',
  './custom-elements.json': 'The element, for editors.',
  './schema/*': 'JSON Schema of exported results: [exports](exports.md).',
};

async function entries(): Promise<string> {
  const { exports } = JSON.parse(await readFile('package.json', 'utf8')) as { readonly exports: object };
  const rows = Object.keys(exports)
    .filter((name) => name !== './package.json')
    .map((name) => {
      const purpose = ENTRIES[name];
      if (!purpose) throw new Error(`Nothing says what the package’s ${name} is for.`);
      return [code(`defect-inspector${name.slice(1)}`), purpose];
    });
  return table(['import', 'what it is'], rows);
}

/** As somebody writes it who calls it: what is given back can't be changed anyway. */
function typeOf(member: ts.TypeElement): string {
  const text = (node: ts.Node | undefined) => node?.getText().replaceAll('readonly ', '') ?? '';
  if (ts.isPropertySignature(member)) return text(member.type);
  if (!ts.isMethodSignature(member)) return '';
  const parameters = member.parameters.map(
    ({ name, questionToken, type }) => `${text(name)}${questionToken ? '?' : ''}: ${text(type)}`,
  );
  return `(${parameters.join(', ')}) => ${text(member.type)}`;
}

function tagText(tag: ts.JSDocTag): string {
  const words = tag
    .getText()
    .replace(/^@\w+\s*/, '')
    .replace(/^\{(\w+)\}/, '`$1`')
    .replaceAll(/\n\s*\*/g, ' ')
    .trim();
  return tag.tagName.text === 'throws' ? `Throws ${words}.` : words;
}

/** The members of an interface: name, type, comment. @throws {Error} where there is no such interface */
async function members(path: string, name: string) {
  const source = ts.createSourceFile(path, await readFile(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const found = source.statements.find(
    (one): one is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(one) && one.name.text === name,
  );
  if (!found) throw new Error(`There is no ${name} in ${path}.`);
  return found.members.map((member) => {
    const [comment] = ts.getJSDocCommentsAndTags(member);
    return {
      name:
        member.name && ts.isStringLiteral(member.name) ? member.name.text : (member.name?.getText() ?? ''),
      type: typeOf(member),
      comment: comment
        ? [ts.getTextOfJSDocComment(comment.comment), ...ts.getJSDocTags(member).map(tagText)]
            .filter(Boolean)
            .join(' ')
        : '',
    };
  });
}

async function options(path: string, name: string): Promise<string> {
  const all = await members(path, name);
  const silent = all.filter(({ comment }) => !comment);
  if (silent.length > 0)
    throw new Error(`Nothing says what these are: ${silent.map((one) => one.name).join(', ')}.`);
  const rows = all.map((one) => [code(one.name), code(one.type), cell(one.comment)]);
  return table(['name', 'type', 'what it is'], rows);
}

/** Types that are written out, since nobody can look them up. */
const NAMED: Readonly<Record<string, string>> = { One: '{ id?: number }' };

/** Those whose arguments are an action's: the dialogs of models and exports. */
const FURTHER: Readonly<Record<string, readonly [takes: string, does: string]>> = {
  'model.choose': [
    "{ choice: { kind: 'shipped' } | { kind: 'catalogue'; name: string } | { kind: 'remembered'; hash: string } }",
    'Chooses a model.',
  ],
  'model.file': ['{ file: File }', 'Uses an .onnx file in this visit.'],
  'model.fetch': ['{ url: string }', 'Fetches a model from an address, and uses it in this visit.'],
  'model.stop-fetching': ['', 'Fetches no more.'],
  'model.remember': ['', 'Keeps the model of this visit on this device.'],
  'model.rename': ['{ hash: string; name: string }', 'Gives a kept model another name.'],
  'model.delete': ['{ hash: string }', 'Deletes a kept model.'],
  'model.hints': ['{ hints: ModelHints }', "Says of a model what its file doesn't."],
  'export.csv': ["{ scope: 'photo' | 'all' }", 'Saves what is reported, a row per photo and defect.'],
  'export.json': ["{ scope: 'photo' | 'all' }", 'The same as JSON.'],
  'export.coco': ["{ scope: 'photo' | 'all' }", 'The same as COCO, with masks.'],
};

/** @throws {Error} where one is missing, or is none */
async function commands(): Promise<string> {
  const own = (await members('src/workbench/commands/commands.ts', 'Commands')).map((one) => [
    code(one.name),
    one.type === 'undefined' ? '' : code(NAMED[one.type] ?? one.type),
    cell(one.comment),
  ]);
  const rows = [
    ...own,
    ...Object.entries(FURTHER).map(([id, [takes, does]]) => [code(id), code(takes), does]),
  ];
  const listed = new Set(rows.map(([id]) => id));
  const missing = COMMAND_IDS.filter((id) => !listed.has(code(id)));
  if (missing.length > 0 || listed.size !== COMMAND_IDS.length)
    throw new Error(`The list of commands is another: ${missing.join(', ')}.`);
  return table(['command', 'takes', 'what it does'], rows);
}

/** The page. @throws {Error} where the code is not as it expects */
export async function programPage(): Promise<string> {
  const types = 'src/detector/types.ts';
  return `# From a program

<!-- Made by \`npm run docs:reference\` from the comments of the code. -->

\`\`\`ts
import { createDetector, annotate, toCsv } from 'defect-inspector';

const detector = await createDetector();
const inspection = await detector.inspect(file);
annotate(canvas, photo, inspection);
const csv = toCsv([inspection]);
detector.dispose();
\`\`\`

What comes back is plain data: the photo's name, size and hash, how it was looked at, the model, and the detections, each with its class, score, box, mask, contours, area and measures in photo pixels. The [JSON Schema](exports.md) names all of it. What fails
is an \`InspectorError\` with a \`code\`, each of which is explained in [troubleshooting](troubleshooting.md), and a sentence for a person.

## What counts

\`inspection.detections\` are all that the model has seen from a score of 0.05 upwards, so that thresholds can be changed without inspecting again: on good parts, too, the list is seldom empty. What counts as a defect is at or above its class's threshold. \`annotate\`,
\`toCsv\`, \`toJson\` and \`toCoco\` take that into account; your own code asks for it:

\`\`\`ts
import { thresholdFor } from 'defect-inspector';

const defects = inspection.detections.filter(
  ({ classId, score }) => score >= thresholdFor(classId, 'auto', inspection.model.classes),
);
\`\`\`

## Large photos

\`\`\`ts
const { planned, seconds } = detector.estimate({ width: 6000, height: 4000 }, { detail: 'thorough' });
await detector.inspect(file, { detail: 'thorough', smallest: 20, onPartial: show, signal });
\`\`\`

## Teaching

\`\`\`ts
import { teach } from 'defect-inspector';

const { model, figures, doubts } = await teach({ good, marked, classes });
const own = await createDetector({ model });
\`\`\`

## Entries of the package

${await entries()}

## \`createDetector(options)\`

${await options(types, 'DetectorOptions')}

## A detector

${await options(types, 'Detector')}

## \`inspect(photo, options)\`

The photo is a \`Blob\`, an address, an image, a canvas, an \`ImageBitmap\` or \`ImageData\`.

${await options(types, 'InspectOptions')}

## \`teach(lesson, options)\`

The lesson:

${await options('src/detector/teach-photos.ts', 'Lesson')}

The options:

${await options('src/detector/teach.ts', 'TeachOptions')}

What comes back:

${await options('src/detector/teach.ts', 'Taught')}

## Commands of the element

Whatever a key or a button of the element does, its method \`run\` does, too: \`element.run('photo.next')\`, \`element.run('threshold.set', { threshold: 0.3 })\`. It returns whether there was anything to do. Named types are those of the package.

${await commands()}
`;
}
