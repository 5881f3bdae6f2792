/** WebKitGTK's MiniBrowser, driven by WebKitWebDriver on a display of its own. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { findCommand } from './commands.js';
import type { Engine, Key } from './driver.js';
import { WebDriver } from './webdriver.js';

/** WebDriver's code points for keys that write nothing. */
const KEYS: Readonly<Record<Key, string>> = { Home: '\uE011', End: '\uE010', Escape: '\uE00C' };

/** It comes with the library, in the folder of the machine's architecture. */
function miniBrowser(): string | undefined {
  const base = '/usr/lib';
  if (!existsSync(base)) return undefined;
  return readdirSync(base)
    .flatMap((folder) =>
      ['webkit2gtk-4.1', 'webkit2gtk-4.0'].map((name) => join(base, folder, name, 'MiniBrowser')),
    )
    .find((path) => existsSync(path));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The driver on a display of its own. They and the browser are a group of processes, which `end` ends together. */
function startServer(port: number): { readonly end: () => Promise<void> } {
  const server = spawn('xvfb-run', ['--auto-servernum', 'WebKitWebDriver', `--port=${port}`], {
    detached: true,
    stdio: 'ignore',
  });
  const kill = () => process.kill(-server.pid!, 'SIGTERM');
  // A run that is given up half way must not leave them behind.
  process.once('exit', kill);
  const ended = new Promise<void>((resolve) =>
    server.once('exit', () => {
      process.off('exit', kill);
      resolve();
    }),
  );
  return {
    end: () => {
      kill();
      return ended;
    },
  };
}

/** Brings an element into view. */
function middleOf(element: Element): [number, number] {
  element.scrollIntoView({ block: 'center' });
  const { x, y, width, height } = element.getBoundingClientRect();
  return [Math.round(x + width / 2), Math.round(y + height / 2)];
}

export const webkit: Engine = {
  name: 'WebKitGTK',
  missing() {
    if (!findCommand('WebKitWebDriver')) return 'WebKitWebDriver (Debian: webkit2gtk-driver)';
    if (!miniBrowser()) return 'MiniBrowser of WebKitGTK';
    return findCommand('xvfb-run') ? undefined : 'xvfb-run (Debian: xvfb)';
  },
  async launch() {
    const port = await freePort();
    const server = startServer(port);
    const driver = await WebDriver.open(`http://127.0.0.1:${port}`, {
      'webkitgtk:browserOptions': { binary: miniBrowser(), args: ['--automation'] },
    }).catch(async (error: unknown) => {
      await server.end();
      throw error;
    });
    await driver.resize(1280, 900);
    return {
      goto: (url) => driver.goto(url),
      reload: () => driver.reload(),
      run: async <A, R>(work: (given: A) => R | Promise<R>, given: A) =>
        (await driver.call(String(work), given)) as R,
      async click(find, given) {
        // The protocol's own click says of table rows that they can't be clicked.
        const middle = `(given) => Promise.resolve((${String(find)})(given)).then(${String(middleOf)})`;
        const [x, y] = (await driver.call(middle, given)) as [number, number];
        await driver.clickAt(x, y);
      },
      press: (key) => driver.press(KEYS[key]),
      async close() {
        await driver.close();
        await server.end();
      },
    };
  },
};
