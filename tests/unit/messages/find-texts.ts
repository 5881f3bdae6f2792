/** Finds what a person reads in source code, where there should be nothing but names out of the catalogue. */
import ts from 'typescript';

export interface FoundText {
  readonly line: number;
  readonly text: string;
}

/** Attributes that are read, by eye or ear; they may be bound as properties. */
const READ_ATTRIBUTE =
  /\s\.?(?:aria-(?:label|description|valuetext|roledescription)|title|placeholder|alt|label|ariaLabel|(?<=\sname="description"\s+)content)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi;
const TAG = /<!--[^]*?-->|<[/!]?[a-z](?:"[^"]*"|'[^']*'|[^'">])*>/gi;
/** A place in a template that an expression fills: its number between two characters that no text has. */
const HOLE = /\uE000(\d+)\uE001/g;

/** A word with a capital letter at the beginning, alone or followed by others. */
const SENTENCE = /^\s*\p{Lu}\p{Ll}+(?:$|[\s,.:;!?…])/u;

const hasLetters = (text: string): boolean => /\p{L}/u.test(text);
const bare = (text: string): string =>
  text.replace(HOLE, '').replace(/&\w+;/g, '').replace(/\s+/g, ' ').trim();

/**
 * Texts in templates of Lit (between tags, and in attributes that are read), and whatever else begins like a sentence.
 * Messages of errors that are thrown at programmers are none.
 */
export function findTexts(source: string): FoundText[] {
  const file = ts.createSourceFile('view.ts', source, ts.ScriptTarget.Latest, true);
  const found = new Map<string, FoundText>();
  const note = (node: ts.Node, text: string) => {
    const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    found.set(`${line} ${text}`, { line, text });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || isErrorForProgrammers(node)) return;
    if (ts.isTaggedTemplateExpression(node)) {
      if (/^(html|svg)$/.test(node.tag.getText())) findInTemplate(node.template, note);
      // Its own strings are markup, or a style sheet.
      if (ts.isTemplateExpression(node.template)) {
        for (const { expression } of node.template.templateSpans) visit(expression);
      }
      return;
    }
    const text = textOf(node);
    if (text !== undefined && SENTENCE.test(text)) note(node, bare(text));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return [...found.values()];
}

function findInTemplate(template: ts.TemplateLiteral, note: (node: ts.Node, text: string) => void): void {
  const spans = ts.isTemplateExpression(template) ? template.templateSpans : [];
  const markup = textOf(template)!;
  const read = [
    ...markup.split(TAG),
    ...[...markup.matchAll(TAG)].flatMap(([tag]) =>
      [...tag.matchAll(READ_ATTRIBUTE)].map(([, value]) => value!.replace(/^["']|["']$/g, '')),
    ),
  ];
  for (const part of read) {
    const text = bare(part);
    if (hasLetters(text)) note(template, text);
    for (const [, number] of part.matchAll(HOLE)) {
      for (const value of valuesOf(spans[Number(number)]!.expression)) {
        const literal = textOf(value);
        if (literal !== undefined && hasLetters(bare(literal))) note(value, bare(literal));
      }
    }
  }
}

/** The string that a node is, its expressions as numbered holes; undefined for other nodes. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return (
    node.head.text + node.templateSpans.map(({ literal }, i) => `\uE000${i}\uE001${literal.text}`).join('')
  );
}

/** What an expression may give. */
function valuesOf(node: ts.Expression): ts.Expression[] {
  if (ts.isParenthesizedExpression(node)) return valuesOf(node.expression);
  if (ts.isConditionalExpression(node)) return [...valuesOf(node.whenTrue), ...valuesOf(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return [...valuesOf(node.left), ...valuesOf(node.right)];
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(valuesOf);
  return [node];
}

const isErrorForProgrammers = (node: ts.Node): boolean =>
  ts.isNewExpression(node)
    ? ERROR.test(node.expression.getText())
    : ts.isCallExpression(node) &&
      node.expression.kind === ts.SyntaxKind.SuperKeyword &&
      ERROR.test(ts.findAncestor(node, ts.isClassLike)?.heritageClauses?.[0]?.types[0]?.getText() ?? '');

const ERROR = /^(Type|Range)?Error$|^DOMException$/;
