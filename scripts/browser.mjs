// Which browser the tests, the measurements and the benchmarks drive.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const INSTALLED = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'msedge',
];
const FIXED = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ...[process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].flatMap((base) =>
    base
      ? [
          join(base, 'Google/Chrome/Application/chrome.exe'),
          join(base, 'Microsoft/Edge/Application/msedge.exe'),
        ]
      : [],
  ),
];

// Chromium's own connections (updates, sync, ...) would be mistaken for the page's.
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--force-color-profile=srgb',
];

/** @returns {string | undefined} */
function installed() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return [...folders.flatMap((folder) => INSTALLED.map((name) => join(folder, name))), ...FIXED].find(
    (path) => existsSync(path),
  );
}

/** @param {string} name */
function hasLibrary(name) {
  const found = spawnSync('ldconfig', ['-p'], {
    encoding: 'utf8',
    env: { PATH: `${process.env.PATH}${delimiter}/sbin${delimiter}/usr/sbin` },
  });
  return found.stdout?.includes(name) ?? false;
}

/**
 * CHROME_PATH, else an installed Chromium, Chrome or Edge, else the one inside `@sparticuz/chromium`; with
 * TEST_BROWSER=packaged the last one, whatever is installed.
 * @returns {Promise<{ executablePath: string, args: string[] }>}
 * @throws {Error} a sentence that says which command brings a browser
 */
export async function findBrowser() {
  const { CHROME_PATH: own, TEST_BROWSER: wanted } = process.env;
  if (wanted && wanted !== 'packaged')
    throw new Error(`TEST_BROWSER is "${wanted}"; only "packaged" is known. CHROME_PATH names a browser.`);
  if (own && wanted) throw new Error('Set CHROME_PATH or TEST_BROWSER, not both.');
  if (own) {
    if (!existsSync(own)) throw new Error(`CHROME_PATH names ${own}, which does not exist.`);
    return { executablePath: own, args: ARGUMENTS };
  }
  const found = wanted ? undefined : installed();
  if (found) return { executablePath: found, args: ARGUMENTS };
  try {
    // The packed browser brings copies of these libraries; it unpacks them when it believes to be on a bare machine.
    if (process.platform === 'linux' && !hasLibrary('libnss3.so'))
      process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs20.x';
    const { default: packed } = await import('@sparticuz/chromium');
    return { executablePath: await packed.executablePath(), args: ARGUMENTS };
  } catch (cause) {
    throw new Error(
      'No browser for the tests. Install Chrome, Chromium or Edge (Debian: apt-get install chromium), ' +
        'or set CHROME_PATH to one.',
      { cause },
    );
  }
}
