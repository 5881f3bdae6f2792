import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findTexts } from './find-texts.js';

/** What is no text, though it looks like one. */
const NOT_TEXTS: ReadonlyMap<string, string> = new Map([
  ['Defect Inspector', 'the name of the product'],
  ['Files', 'what browsers call dragged files'],
  ['Rar!', 'how an archive begins'],
  ...['Blob', 'File'].map((name) => [name, 'the name of a type'] as const),
  ...[
    'Add',
    'Concat',
    'Conv',
    'Div',
    'Exp',
    'Mul',
    'Relu',
    'Resize',
    'Sigmoid',
    'Sqrt',
    'Squeeze',
    'Sub',
    'Upsample',
  ].map((name) => [name, 'the name of an operator of ONNX'] as const),
  ...[
    'Enter',
    'Escape',
    'Esc',
    'Space',
    'Delete',
    'Del',
    'Backspace',
    'Ctrl Z',
    'Ctrl Shift Z',
    'Ctrl Y',
  ].map((key) => [key, 'the name of a key'] as const),
]);

const FILES = ['src', 'workers']
  .flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: 'utf8' }).map((name) => `${room}/${name}`),
  )
  .filter((path) => /(?<!\.test|\.d)\.ts$/.test(path) && !path.startsWith('src/messages/en/'));

const texts = (source: string): string[] => findTexts(source).map(({ text }) => text);

describe('what a person reads comes from the catalogue', () => {
  it.each(FILES)('%s has no text of its own', (path) => {
    const found = findTexts(readFileSync(path, 'utf8')).filter(({ text }) => !NOT_TEXTS.has(text));
    expect(found.map(({ line, text }) => `${path}:${line} ${text}`)).toEqual([]);
  });

  it.each(['index.html', 'embed.html'])('%s has no text of its own', (file) => {
    // Between percent signs are the names of texts in the catalogue.
    const page = readFileSync(file, 'utf8').replace(/%[a-z]+%/gi, '');
    expect(texts(`html\`${page}\``)).toEqual([]);
  });

  it('nothing in public is a page or a manifest', () => {
    const files = readdirSync('public', { recursive: true, encoding: 'utf8' });
    expect(files.filter((name) => /\.(html|webmanifest)$/.test(name))).toEqual([]);
  });
});

describe('texts are found', () => {
  it('between tags', () => {
    expect(texts('html`<p class="a b">Hello <b>${name}</b>, you</p><!-- no -->`')).toEqual([
      'Hello',
      ', you',
    ]);
    expect(texts('html`<p>${count} of ${total}</p>`')).toEqual(['of']);
    expect(texts('html`<title>Hello</title><noscript>you</noscript>`')).toEqual(['Hello', 'you']);
    expect(texts('html`<p>\n  ${a} · 1:1&nbsp;–\n</p>`')).toEqual([]);
  });

  it('in attributes that are read', () => {
    expect(texts('html`<a title="Open" class="plain icon" aria-label="${what} it"></a>`')).toEqual([
      'Open',
      'it',
    ]);
    expect(
      texts('html`<x-a .label=${"open"} placeholder=${isSmall ? "small" : word} id="title"></x-a>`'),
    ).toEqual(['open', 'small']);
    expect(
      texts('html`<meta name="description" content="Open" /><meta name="robots" content="all" />`'),
    ).toEqual(['Open']);
    expect(texts('html`<a @click=${() => run("close it")} title=${text.open} href="#Top"></a>`')).toEqual([]);
  });

  it('in what fills a template', () => {
    expect(texts('html`<p>${isOpen ? "open" : `shut by ${name}`}</p>`')).toEqual(['open', 'shut by']);
    expect(texts('html`<p>${one ?? "none"}${html`<b>bold</b>`}</p>`')).toEqual(['none', 'bold']);
    expect(texts('html`<p class=${isOpen ? "open" : "shut"}>${say(text, "open")}</p>`')).toEqual([]);
  });

  it('anywhere else, where they begin like a sentence', () => {
    expect(texts('const name = `Photo ${id}`; button("Try again"); button("Close");')).toEqual([
      'Photo',
      'Try again',
      'Close',
    ]);
    expect(texts('css`p { font: "Arial"; }`; press("ArrowUp"); import a from "Abc";')).toEqual([]);
  });

  it('but not in what is thrown at programmers', () => {
    expect(texts('throw new RangeError("No such thing.");')).toEqual([]);
    expect(texts('throw new DOMException("Too slow.", "TimeoutError");')).toEqual([]);
    expect(texts('class A extends Error { constructor() { super("No such thing."); } }')).toEqual([]);
    expect(texts('class A extends B { constructor() { super("Open"); } }')).toEqual(['Open']);
  });

  it('with their lines', () => {
    expect(findTexts('\n\nbutton("Close");')).toEqual([{ line: 3, text: 'Close' }]);
  });
});
