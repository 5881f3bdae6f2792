/** The main job, in whatever page: a sample photo is given to the element, and its defects are seen. */
import type { Frame, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { DefectInspectorElement } from '../../src/index.js';
import { sample } from '../e2e/files.js';

export interface Seen {
  readonly classes: readonly string[];
  readonly threads: number;
  readonly isIsolated: boolean;
}

/**
 * Until the table of defects is on the screen, and the photo beside it.
 * @param selector of the element; shadow roots are looked into
 */
export async function inspectSample(page: Page | Frame, selector = 'defect-inspector'): Promise<Seen> {
  const { name, buffer } = await sample();
  const element = page.locator(selector);
  const seen = await element.evaluate(
    async (found, { base64, name }): Promise<Seen> => {
      await customElements.whenDefined(found.localName);
      const inspector = found as DefectInspectorElement;
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const pending = inspector.inspect(new File([bytes], name, { type: 'image/jpeg' }));
      // The debugger's protocol drops a promise that nothing but itself refers to.
      Object.assign(globalThis, { pending });
      const { detections, runtime } = await pending;
      return {
        classes: detections.filter(({ score }) => score >= 0.5).map(({ className }) => className),
        threads: runtime.threads,
        isIsolated: crossOriginIsolated,
      };
    },
    { base64: buffer.toString('base64'), name },
  );
  await element.locator('defect-table tbody tr').first().waitFor();
  expect(seen.classes).toContain('pitting');
  return seen;
}

/** What the element says has gone wrong, when a photo is given to it. */
export async function failureOf(
  page: Page,
  selector = 'defect-inspector',
): Promise<{ code: string; message: string }> {
  return page.locator(selector).evaluate(async (found) => {
    await customElements.whenDefined(found.localName);
    const pending = (found as DefectInspectorElement).inspect(new Blob(['no photo']));
    Object.assign(globalThis, { pending });
    try {
      await pending;
    } catch (error) {
      const { code, message } = error as { code: string; message: string };
      return { code, message };
    }
    throw new Error('It was inspected.');
  });
}
