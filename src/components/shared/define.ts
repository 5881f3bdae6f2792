/** Registers an element, once, and not at all where there are no elements (on a server). */
export function define(name: string, element: CustomElementConstructor): void {
  if ('customElements' in globalThis && !customElements.get(name)) customElements.define(name, element);
}
