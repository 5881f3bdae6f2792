/** What docs/deploy.md tells web servers to send is what the build tells hosts, and the page itself. */
import { expect, it } from 'vitest';
import { CONTENT_SECURITY_POLICY, HOST_HEADERS } from '../../../workers/headers.js';
import { snippetOf } from '../../servers/snippets.js';

const HEADERS = { ...HOST_HEADERS, 'content-security-policy': CONTENT_SECURITY_POLICY };

it.each(['nginx', 'apache', 'caddy'])('the settings for %s have every header as it is', async (language) => {
  const lines = (await snippetOf(language)).split('\n');
  for (const [name, value] of Object.entries(HEADERS)) {
    const [line, ...others] = lines.filter((one) => new RegExp(`\\b${name}\\b`, 'i').test(one));
    expect(others).toEqual([]);
    expect(line).toContain(` "${value}"`);
  }
});
