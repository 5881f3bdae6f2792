/** The package as npm would publish it, where it can be tried without installing anything else. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, readFile, readdir, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, NAME_SHIM } from '../../scripts/inspect-page.js';
import type { DefectInspectorElement } from '../../src/index.js';
import { sample } from '../e2e/files.js';
import { schemaErrors } from '../inspection-schema.js';
import { failureOf, inspectSample } from './inspect-sample.js';
import { htmlPage, ISOLATED, openOrigin, type Origin, type OriginOptions } from './origin.js';
import {
  command,
  offlineFolder,
  pack,
  removeFolder,
  temporaryFolder,
  unpack,
  type Packed,
} from './packed.js';

const CORS = { 'access-control-allow-origin': '*' };
const BUNDLE = 'lib/defect-inspector.bundle.js';

let packed: Packed;
let browser: Browser;
/** The unpacked package, as a CDN serves it. */
let cdnFolder: string;
let cdn: Origin;
const folders: string[] = [];
const origins: Origin[] = [];

beforeAll(async () => {
  packed = await pack();
  cdnFolder = await temporaryFolder();
  await unpack(packed.path, cdnFolder);
  folders.push(cdnFolder);
  cdn = await openOrigin({ folder: cdnFolder, headers: CORS });
  origins.push(cdn);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await Promise.all(origins.map((origin) => origin.close()));
  await Promise.all(folders.map(removeFolder));
});

async function serve(options: OriginOptions): Promise<Origin> {
  const origin = await openOrigin(options);
  origins.push(origin);
  return origin;
}

async function open(url: string, viewport = { width: 1280, height: 800 }): Promise<Page> {
  const context = await browser.newContext({ viewport });
  await context.addInitScript(NAME_SHIM);
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** Opens a page of another origin than the package's. */
async function openHtml(body: string, headers?: Record<string, string>): Promise<Page> {
  const origin = await serve({ pages: { '/': htmlPage(body, headers) } });
  return open(origin.url);
}

async function during(page: Page, work: (page: Page) => Promise<unknown>): Promise<void> {
  try {
    await work(page);
  } finally {
    await page.context().close();
  }
}

const script = () => `<script type="module" src="${cdn.url}${BUNDLE}"></script>`;
const element = '<defect-inspector style="display: block; height: 90vh"></defect-inspector>';

describe('what is packed', () => {
  test('is what embedders need, and none of the page', () => {
    const others = packed.files.filter((path) => !/^(lib|docs)\//.test(path));
    expect(others.sort()).toEqual(['LICENSE', 'README.md', 'package.json', 'schema/inspection.json']);
    expect(packed.files.filter((path) => /service-worker|index\.html|\/samples\//.test(path))).toEqual([]);
    expect(packed.files.filter((path) => /\.(mjs|wasm)$/.test(path))).toEqual([]);
    expect(packed.size).toBeLessThan(11e6);
  });

  test('names every file that it promises', async () => {
    const manifest = await readFile(join(cdnFolder, 'package.json'), 'utf8');
    const promised = [...manifest.matchAll(/"\.\/(lib\/[^"*]+)"/g)].map(([, path]) => path!);
    expect(promised.length).toBeGreaterThan(10);
    expect(promised.filter((path) => !packed.files.includes(path))).toEqual([]);
  });

  test('has no address that a build tool would take for a file to bring along', async () => {
    const modules = (await readdir(join(cdnFolder, 'lib'))).filter((name) =>
      /^(?!node-|vite|cli).*\.js$/.test(name),
    );
    const texts = await Promise.all(modules.map((name) => readFile(join(cdnFolder, 'lib', name), 'utf8')));
    expect(texts.filter((text) => /new URL\(\s*["'`][^)]*import\.meta\.url/.test(text))).toEqual([]);
  });

  test('has workers that import nothing', async () => {
    const assets = join(cdnFolder, 'lib', 'assets');
    const workers = (await readdir(assets)).filter((name) => /^(?!runtime).*\.js$/.test(name));
    expect(workers).toHaveLength(4);
    for (const name of workers) {
      const text = await readFile(join(assets, name), 'utf8');
      expect(text, name).not.toMatch(/\bimport\s*[{"'*]|\bfrom\s*["']\.|import\(\s*["'`]/);
    }
  });
});

describe('packed from a fresh clone', () => {
  // What a clone doesn't hold, npm's own install brings: it is linked here.
  test.skipIf(!existsSync('.git'))(
    'npm pack builds what it packs',
    async () => {
      const folder = await temporaryFolder();
      folders.push(folder);
      const clone = join(folder, 'clone');
      await command(
        folder,
        'git',
        'clone',
        '--quiet',
        '--depth',
        '1',
        pathToFileURL(resolve('.')).href,
        clone,
      );
      await symlink(resolve('node_modules'), join(clone, 'node_modules'), 'dir');
      // As in a terminal: the test's own mode would build for development.
      const said = await command(
        clone,
        'env',
        '-u',
        'NODE_ENV',
        'npm',
        'pack',
        '--json',
        '--pack-destination',
        folder,
      );
      // Before it come the words of the build.
      const [{ files }] = JSON.parse(said.slice(said.search(/^\[$/m))) as [{ files: { path: string }[] }];
      const known = files.map(({ path }) => path);
      expect(known).toEqual(expect.arrayContaining(['lib/index.js', 'lib/types/index.d.ts', 'lib/cli.js']));
      const manifest = await readFile(join(clone, 'package.json'), 'utf8');
      const promised = [...manifest.matchAll(/"\.\/(lib\/[^"*]+)"/g)].map(([, path]) => path!);
      expect(promised.filter((path) => !known.includes(path))).toEqual([]);
    },
    300_000,
  );
});

describe('in a program', () => {
  test('every entry can be imported where there is no page', async () => {
    const folder = await offlineFolder(packed);
    folders.push(folder);
    const entries = ['', '/element', '/detector', '/core', '/embed'].map((path) => `defect-inspector${path}`);
    const source = `
      const modules = await Promise.all(${JSON.stringify(entries)}.map((name) => import(name)));
      if ('document' in globalThis) throw new Error('There is a page.');
      const told = await modules[2].createDetector().catch(({ code }) => code);
      if (told !== 'no-webassembly') throw new Error('Without a page, it says ' + told + '.');
      console.log(JSON.stringify(modules.map((module) => Object.keys(module).sort())));`;
    const said = await command(folder, 'node', '--input-type=module', '--eval', source);
    const [index, element, detector, core, embed] = JSON.parse(said) as string[][];
    expect(index).toEqual([
      'DefectInspectorElement',
      'InspectorError',
      'annotate',
      'createDetector',
      'rasterize',
      'teach',
      'thresholdFor',
      'toCoco',
      'toCsv',
      'toJson',
    ]);
    expect(element).toEqual(['DefectInspectorElement']);
    expect(detector).toEqual(['InspectorError', 'createDetector', 'teach']);
    expect(embed).toEqual(['EmbedError', 'connect']);
    expect(core).toEqual(
      expect.arrayContaining(['assess', 'measurePrecision', 'rleIou', 'toCsv', 'uniteRegions']),
    );
    // With Lit inside, too.
    const bundle = pathToFileURL(join(cdnFolder, BUNDLE)).href;
    const inBundle = await command(
      folder,
      'node',
      '--input-type=module',
      '--eval',
      `console.log(Object.keys(await import('${bundle}')).length)`,
    );
    expect(Number(inBundle)).toBe(index!.length);
  });

  test('detectors come without Lit', async () => {
    const folder = await temporaryFolder();
    folders.push(folder);
    await unpack(packed.path, join(folder, 'node_modules', 'defect-inspector'));
    const source = "await import('defect-inspector/detector'); await import('defect-inspector/core');";
    await command(folder, 'node', '--input-type=module', '--eval', source);
  });

  test('the command copies what a host has to serve', async () => {
    const folder = await temporaryFolder();
    folders.push(folder);
    const cli = join(cdnFolder, 'lib', 'cli.js');
    const said = await command(folder, 'node', cli, 'copy-assets', 'public/inspector');
    expect(said).toMatch(/^Copied 9 files to public\/inspector\..*assets="\/defect-inspector\/"/);
    const copied = await readdir(join(folder, 'public/inspector'), { recursive: true });
    expect(copied).toContain(join('models', 'catalogue.json'));
    expect(copied.filter((name) => name.endsWith('.bin'))).toHaveLength(1);
    await expect(command(folder, 'node', cli, 'copy-assets')).rejects.toThrow(/Name one folder to copy to/);
    await expect(command(folder, 'node', cli, 'copy')).rejects.toThrow(
      /no command “copy”[^]*copy-assets DIR/,
    );
  });
});

describe('built by Vite', () => {
  test('with the plugin and a bare import, a photo shows its defects', async () => {
    const folder = await offlineFolder(packed, 'tests/frameworks/apps/vite');
    folders.push(folder);
    await command(folder, 'node', 'node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn');
    const { url } = await serve({ folder: join(folder, 'dist') });
    await during(await open(url), inspectSample);
    // Over plain http, as in a shop's network, browsers give pages less: no hashes, no storage, no threads.
    const context = await browser.newContext();
    await context.addInitScript(NAME_SHIM);
    await context.route('http://shop.example/**', async (route) =>
      route.fulfill({
        response: await route.fetch({ url: route.request().url().replace('http://shop.example/', url) }),
      }),
    );
    const page = await context.newPage();
    await page.goto('http://shop.example/');
    await during(page, async () => {
      expect(await page.evaluate(() => [isSecureContext, 'subtle' in crypto])).toEqual([false, false]);
      await inspectSample(page);
    });
  });
});

describe("served by Vite's server for development", () => {
  test('with the plugin and a bare import, a photo shows its defects', async () => {
    const folder = await offlineFolder(packed, 'tests/frameworks/apps/vite');
    folders.push(folder);
    const server = spawn('node', ['node_modules/vite/bin/vite.js', '--port', '0', '--host', 'localhost'], {
      cwd: folder,
      env: { ...process.env, NO_COLOR: '1' },
    });
    try {
      let said = '';
      const url = await new Promise<string>((resolve, reject) => {
        const listen = (data: Buffer) => {
          said += data.toString();
          const [address] = /http:\/\/localhost:\d+\//.exec(said) ?? [];
          if (address) resolve(address);
        };
        server.stdout.on('data', listen);
        server.stderr.on('data', listen);
        server.once('exit', () => reject(new Error(`The server has ended: ${said}`)));
      });
      await during(await open(url), async (page) => {
        await inspectSample(page);
        // Nothing that is found only now makes the page start again.
        expect(said).not.toMatch(/reloading|error/i);
      });
    } finally {
      server.kill();
    }
  });
});

describe('in a plain page of another origin', () => {
  test('a photo shows its defects', async () => {
    await during(await openHtml(script() + element), async (page) => {
      expect(await inspectSample(page)).toMatchObject({ threads: 1, isIsolated: false });
    });
  });

  test('what is exported as JSON is what the schema says', async () => {
    await during(await openHtml(script() + element), async (page) => {
      await inspectSample(page);
      const file = await page.locator('defect-inspector').evaluate(async (found) => {
        const exporting = (found as DefectInspectorElement).export('json');
        Object.assign(globalThis, { exporting });
        return (await exporting).text();
      });
      expect(schemaErrors(file)).toEqual([]);
    });
  });

  test('also with threads, where the page is isolated', async () => {
    await during(await openHtml(script() + element, ISOLATED), async (page) => {
      const { threads, isIsolated } = await inspectSample(page);
      expect(isIsolated).toBe(true);
      expect(threads).toBeGreaterThan(1);
    });
  });

  const policy = (more: string) => ({
    'content-security-policy': `default-src 'none'; script-src ${cdn.url} 'wasm-unsafe-eval'; connect-src ${cdn.url}; img-src blob: data:; style-src 'unsafe-inline'; ${more}`,
  });

  test('also with a strict policy that allows what is needed', async () => {
    const headers = { ...policy(`worker-src blob: ${cdn.url}`), ...ISOLATED };
    await during(await openHtml(script() + element, headers), inspectSample);
  });

  test('also where the page asks for Trusted Types and lists our policies', async () => {
    const { 'content-security-policy': strict } = policy(
      `worker-src blob: ${cdn.url}; require-trusted-types-for 'script'; trusted-types lit-html defect-inspector`,
    );
    // Threads of a runtime of another host run from a copy in memory.
    const headers = {
      'content-security-policy': strict.replace('script-src', 'script-src blob:'),
      ...ISOLATED,
    };
    await during(await openHtml(script() + element, headers), async (page) => {
      expect((await inspectSample(page)).threads).toBeGreaterThan(1);
    });
  });

  test('Trusted Types that do not list ours are named', async () => {
    const trusted = policy(
      `worker-src blob: ${cdn.url}; require-trusted-types-for 'script'; trusted-types lit-html`,
    );
    await during(await openHtml(script() + element, trusted), async (page) => {
      const { code, message } = await failureOf(page);
      expect(code).toBe('assets-unavailable');
      expect(message).toMatch(/trusted-types/);
    });
  });

  test('a policy that allows no worker is named', async () => {
    await during(await openHtml(script() + element, policy("worker-src 'none'")), async (page) => {
      const { code, message } = await failureOf(page);
      expect(code).toBe('assets-unavailable');
      expect(message).toMatch(/policy of this page \(Content-Security-Policy\) does not allow/);
    });
  });

  test('files that their host lets nobody read are named', async () => {
    const closed = await serve({ folder: join(cdnFolder, 'lib') });
    const moved = element.replace('>', ` assets="${closed.url}">`);
    await during(await openHtml(script() + moved), async (page) => {
      const { code, message } = await failureOf(page);
      expect(code).toBe('offline');
      expect(message).toContain(closed.url);
      expect(message).toContain('(CORS)');
    });
  });

  test('files of another folder are found', async () => {
    const other = await serve({ folder: join(cdnFolder, 'lib'), headers: CORS });
    await during(await openHtml(script() + element.replace('>', ` assets="${other.url}">`)), async (page) => {
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await inspectSample(page);
      expect(asked.filter((url) => /\/(assets|models)\//.test(url) && !url.startsWith(other.url))).toEqual(
        [],
      );
    });
  });
});

describe('wherever the element is', () => {
  test('in an iframe of another origin', async () => {
    const inner = await serve({ pages: { '/': htmlPage(script() + element) } });
    const frame = `<iframe title="Inspector" src="${inner.url}" style="width: 100%; height: 90vh"></iframe>`;
    await during(await openHtml(frame), async (page) => {
      const found = page.frames().find((one) => one.url() === inner.url);
      await inspectSample(found!);
    });
  });

  test('in the shadow root of another element', async () => {
    const host = `<other-element></other-element><script type="module">
      customElements.define('other-element', class extends HTMLElement {
        connectedCallback() { this.attachShadow({ mode: 'open' }).innerHTML = '${element}'; }
      });</script>`;
    await during(await openHtml(script() + host), inspectSample);
  });

  test('twice on a page', async () => {
    const two = `<div id="a">${element}</div><div id="b">${element}</div>`;
    await during(await openHtml(script() + two), async (page) => {
      await inspectSample(page, '#a defect-inspector');
      await inspectSample(page, '#b defect-inspector');
      const counts = await page
        .locator('defect-inspector')
        .evaluateAll((all) =>
          all.map((one) => (one as unknown as { inspections: unknown[] }).inspections.length),
        );
      expect(counts).toEqual([1, 1]);
    });
  });

  test('with two versions of the package on a page, each with its own files', async () => {
    const folder = await temporaryFolder();
    folders.push(folder);
    await Promise.all(
      ['old', 'new'].map((name) => cp(join(cdnFolder, 'lib'), join(folder, name), { recursive: true })),
    );
    const versions = await serve({ folder, headers: CORS });
    const scripts = ['old', 'new'].map(
      (name) => `<script type="module" src="${versions.url}${name}/defect-inspector.bundle.js"></script>`,
    );
    await during(await openHtml(scripts.join('') + element), async (page) => {
      await inspectSample(page);
      const asked: string[] = [];
      page.context().on('request', (request) => asked.push(request.url()));
      const { buffer } = await sample('strip-scratches.jpg');
      // As text: the test's own compiler would rewrite the import.
      const found = await page.evaluate<number>(`(async () => {
        const { createDetector } = await import('${versions.url}new/defect-inspector.bundle.js');
        const detector = await createDetector();
        const bytes = Uint8Array.from(atob('${buffer.toString('base64')}'), (c) => c.charCodeAt(0));
        const pending = detector.inspect(new Blob([bytes]));
        Object.assign(globalThis, { pending });
        return (await pending).detections.length;
      })()`);
      expect(found).toBeGreaterThan(0);
      expect(asked.some((url) => url.includes('/new/assets/inference-'))).toBe(true);
      expect(asked.filter((url) => url.includes('/old/'))).toEqual([]);
    });
  });

  test('of two versions, each with a page that asks for Trusted Types, once duplicates are allowed', async () => {
    const folder = await temporaryFolder();
    folders.push(folder);
    await Promise.all(
      ['old', 'new'].map((name) => cp(join(cdnFolder, 'lib'), join(folder, name), { recursive: true })),
    );
    const names =
      "require-trusted-types-for 'script'; trusted-types lit-html defect-inspector 'allow-duplicates'";
    const headers = { 'content-security-policy': names };
    const { html } = htmlPage(
      `<script type="module" src="old/defect-inspector.bundle.js"></script>
      <script type="module" src="new/defect-inspector.bundle.js"></script>${element}`,
    );
    const { url } = await serve({ folder, pages: { '/': { html, headers } } });
    await during(await open(url), inspectSample);
  });

  test('in a box of 320 x 400, of which the picture keeps half', async () => {
    const small = element.replace('height: 90vh', 'width: 320px; height: 400px');
    await during(await openHtml(script() + small), async (page) => {
      await inspectSample(page);
      const box = await page.locator('defect-inspector defect-viewer').boundingBox();
      expect(box!.width * box!.height).toBeGreaterThanOrEqual((320 * 400) / 2);
    });
  });
});
