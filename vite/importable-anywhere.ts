import type { Plugin } from 'vite';

/** What Lit's build for browsers touches when it is imported, and what its build for programs has there instead. */
const PAGELESS = [
  ['reactive-element.js', 'extends HTMLElement', 'extends(globalThis.HTMLElement??class{})'],
  ['lit-html.js', '=document,', '=globalThis.document??{createTreeWalker:()=>({})},'],
] as const;

/** The module can be imported where there is no page, with Lit inside: a program that renders pages, for instance, imports it, too. */
export function importableAnywhere(): Plugin {
  return {
    name: 'importable-anywhere',
    apply: 'build',
    transform(code, id) {
      const part = PAGELESS.find(([file]) => id.endsWith(`/${file}`));
      if (!part) return undefined;
      const [, found, instead] = part;
      if (!code.includes(found)) this.error(`There is no “${found}” in ${id}: look at what it does now.`);
      return { code: code.replace(found, instead), map: null };
    },
  };
}
