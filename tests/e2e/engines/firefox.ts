/** Firefox, driven over WebDriver BiDi. */
import { launch, type ElementHandle } from 'puppeteer-core';
import { findCommand } from './commands.js';
import type { Engine } from './driver.js';

const find = (): string | undefined => process.env.FIREFOX_PATH ?? findCommand('firefox-esr', 'firefox');

export const firefox: Engine = {
  name: 'Firefox',
  missing: () => (find() ? undefined : 'firefox-esr'),
  async launch() {
    const browser = await launch({
      browser: 'firefox',
      protocol: 'webDriverBiDi',
      executablePath: find()!,
      headless: true,
      protocolTimeout: 180_000,
    });
    const page = await browser.newPage();
    // Whoever leaves a page with results that are in no file is asked.
    page.on('dialog', (dialog) => {
      dialog.accept().catch((error: unknown) => {
        console.warn('A dialog could not be accepted:', error);
      });
    });
    await page.setViewport({ width: 1440, height: 900 });
    return {
      async goto(url) {
        await page.goto(url);
      },
      async reload() {
        await page.reload();
      },
      // Functions of the page are plain ones; Puppeteer's types know its handles, too.
      run: (work, given) => page.evaluate(work as never, given as never),
      async click(element, given) {
        const handle = await page.evaluateHandle(element as never, given as never);
        await (handle as ElementHandle).click();
      },
      press: (key) => page.keyboard.press(key),
      hasEnded: () => !browser.connected,
      close: () => browser.close(),
    };
  },
};
