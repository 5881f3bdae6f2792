/** The browser of all other tests, as what the engines are compared with. */
import type { JSHandle } from 'playwright-core';
import { NAME_SHIM, launchBrowser } from '../../../scripts/inspect-page.js';
import type { Engine } from './driver.js';

export const chromium: Engine = {
  name: 'Chromium',
  missing: () => undefined,
  async launch() {
    const browser = await launchBrowser();
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.addInitScript(NAME_SHIM);
    return {
      async goto(url) {
        await page.goto(url);
      },
      async reload() {
        await page.reload();
      },
      // Functions of the page are plain ones; Playwright's types know its handles, too.
      run: (work, given) => page.evaluate(work as never, given as never),
      async click(find, given) {
        const handle: JSHandle = await page.evaluateHandle(find as never, given as never);
        await handle.asElement()!.click();
      },
      press: (key) => page.keyboard.press(key),
      close: () => browser.close(),
    };
  },
};
