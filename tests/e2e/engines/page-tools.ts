/** What the steps use inside the page; installed there after every load. */
import type { NamedFile } from '../files.js';
import type { EngineDriver } from './driver.js';

export interface PlainFile {
  readonly name: string;
  readonly type: string;
  readonly base64: string;
}

export interface PageTools {
  /** All elements that match, in the page and in every shadow root. */
  all(selector: string): Element[];
  /** Drops files somewhere on the page, as a person would. */
  drop(files: readonly PlainFile[]): void;
  /** Waits until it gives something other than undefined or false. @throws {Error} after a minute, with `what` */
  until<T>(what: string, probe: () => T | undefined | false): Promise<T>;
}

declare global {
  var tools: PageTools;
}

function install(): void {
  // Compiled functions name themselves by a helper that the page doesn't have.
  Object.assign(globalThis, { __name: (f: unknown) => f });
  globalThis.tools = {
    all(selector) {
      const found: Element[] = [];
      const visit = (root: ParentNode) => {
        found.push(...root.querySelectorAll(selector));
        for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) visit(shadowRoot);
      };
      visit(document);
      return found;
    },
    drop(files) {
      const data = new DataTransfer();
      for (const { name, type, base64 } of files) {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        data.items.add(new File([bytes], name, { type }));
      }
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }));
    },
    async until(what, probe) {
      for (let left = 1200; left > 0; left--) {
        const value = probe();
        if (value !== undefined && value !== false) return value;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`Waited in vain for ${what}.`);
    },
  };
}

/** Makes the tools, and waits for the element. */
export async function prepare(driver: EngineDriver): Promise<void> {
  await driver.run(install, undefined);
  await driver.run(async () => {
    await customElements.whenDefined('defect-inspector');
  }, undefined);
}

export const plain = ({ name, mimeType, buffer }: NamedFile): PlainFile => ({
  name,
  type: mimeType,
  base64: buffer.toString('base64'),
});
