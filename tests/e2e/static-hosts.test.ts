/** The built page on static hosts as they are: through to a photo's defects, and for returning visitors without a network. */
import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { useStage } from './harness.js';
import { cloudflarePages, gitHubPages, huggingFaceSpace, netlify, s3 } from './host-profiles.js';
import { openHost, type HostProfile } from './static-host.js';
import { inspectSample, inspectsWithoutServiceWorker, visit, worksOffline } from './visits.js';

const stage = useStage();

async function onHost(
  profile: HostProfile,
  work: (url: string, stop: () => Promise<void>) => Promise<void>,
  root?: string,
) {
  const host = await openHost(profile, root);
  let isOpen = true;
  const stop = async () => {
    if (isOpen) await host.close();
    isOpen = false;
  };
  try {
    await work(host.url, stop);
  } finally {
    await stop();
  }
}

test.each([
  ['GitHub Pages', gitHubPages],
  ['Netlify', netlify],
  ['Cloudflare Pages', cloudflarePages],
  ['S3', s3],
])('on %s a photo shows its defects, at once and without a network', async (_, profile) => {
  await onHost(profile, async (url, stop) => {
    await inspectsWithoutServiceWorker(stage.browser, url);
    await worksOffline(stage.browser, url, stop);
  });
});

test('where a host reads _headers, the page is isolated at once, and may do next to nothing else', async () => {
  for (const profile of [netlify, cloudflarePages]) {
    await onHost(profile, (url) =>
      visit(
        stage.browser,
        async (page) => {
          const response = await page.goto(url);
          expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
          const headers = await response!.allHeaders();
          const tag = await page.locator('meta[http-equiv]').getAttribute('content');
          expect(headers['content-security-policy']).toBe(tag);
          expect(headers['x-content-type-options']).toBe('nosniff');
          expect(headers['referrer-policy']).toBe('no-referrer');
          expect(headers['cache-control']).toBe('no-cache');
          const script = await page.locator('script[src]').first().getAttribute('src');
          const part = await page.request.get(new URL(script!, url).href);
          expect(part.headers()['cache-control']).toBe('public, max-age=31536000, immutable');
          expect(part.headers()['content-security-policy']).toBe(tag);
          expect(await mayUse(page, 'camera')).toBe(false);
        },
        { serviceWorkers: 'block' },
      ),
    );
  }
});

test('where a host reads _headers, a page can’t reach another machine by WebRTC either', async () => {
  const other = createSocket('udp4');
  let packets = 0;
  other.on('message', () => packets++);
  await new Promise<void>((resolve) => other.bind(0, '127.0.0.1', resolve));
  const call = (url: string) =>
    visit(
      stage.browser,
      async (page) => {
        await page.goto(url);
        await page.evaluate(async (port) => {
          const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${port}` }] });
          peer.createDataChannel('data');
          await peer.setLocalDescription(await peer.createOffer());
          await new Promise((resolve) => setTimeout(resolve, 2000));
        }, other.address().port);
      },
      { serviceWorkers: 'block' },
    );
  try {
    await onHost(netlify, call);
    expect(packets).toBe(0);
    // Without the header, packets leave.
    await onHost(gitHubPages, call);
    expect(packets).toBeGreaterThan(0);
  } finally {
    other.close();
  }
});

const mayUse = (page: Page, feature: string) =>
  page.evaluate(
    (name) =>
      (
        document as unknown as { featurePolicy: { allowsFeature(name: string): boolean } }
      ).featurePolicy.allowsFeature(name),
    feature,
  );

/** The folder that is uploaded to a Space, made by the command that makes it for everybody, and what its README says to the host. */
async function makeSpace() {
  const root = 'build/space';
  await promisify(execFile)('npm', ['run', 'space'], { shell: process.platform === 'win32' });
  const front = (await readFile(`${root}/README.md`, 'utf8')).match(/^---\n([^]*?)\n---/)?.[1] ?? '';
  return {
    root,
    front: parse(front) as Record<string, unknown> & { custom_headers: Record<string, string> },
  };
}

test('in a Space’s frame on another origin a photo shows its defects', async () => {
  const { root, front } = await makeSpace();
  expect(front).toMatchObject({ sdk: 'static', app_file: 'index.html' });
  expect(front).not.toHaveProperty('app_build_command');
  const inFrame = async (url: string) => {
    const frame = `<iframe src="${url}" allow="camera; microphone; clipboard-write" sandbox="allow-forms allow-modals allow-popups allow-same-origin allow-scripts allow-downloads" style="width: 100%; height: 800px"></iframe>`;
    const hub = createServer((_, response) =>
      response.setHeader('content-type', 'text/html').end(`<!doctype html><title>Hub</title>${frame}`),
    );
    await new Promise<void>((resolve) => hub.listen(0, 'localhost', resolve));
    try {
      await visit(stage.browser, async (page) => {
        let starts = 0;
        page.on('request', (request) => {
          if (request.isNavigationRequest() && request.url() === url) starts++;
        });
        await page.goto(`http://localhost:${(hub.address() as AddressInfo).port}/`);
        await inspectSample(page.frameLocator('iframe'));
        // No reload could isolate it there.
        expect(starts).toBe(1);
      });
    } finally {
      hub.closeAllConnections();
      hub.close();
    }
    // Opened on its own, it is isolated, though the host has written into the page.
    await visit(stage.browser, async (page) => {
      await page.goto(url);
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
      await inspectSample(page);
    });
  };
  await onHost(huggingFaceSpace(front.custom_headers), inFrame, root);
});
