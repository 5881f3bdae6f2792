import { expect, it } from 'vitest';
import { allowedOrigins } from '../../../src/app/embed/origins.js';

const OWN = 'https://inspector.test';
const OTHER = 'https://mes.test';

it.each([
  ['no file', undefined, []],
  ['an empty list', { origins: [] }, []],
  ['a listed page', { origins: [OTHER] }, [OTHER]],
  ['another port', { origins: [`${OTHER}:8443`] }, []],
  ['another scheme', { origins: ['http://mes.test'] }, []],
  ['an address within it', { origins: [`${OTHER}/page`] }, []],
  ['the beginning of it', { origins: ['https://mes.te'] }, []],
  ['all', { origins: ['*'] }, [OTHER]],
  ['a text instead of a list', { origins: OTHER }, []],
  ['a list alone', [OTHER], []],
  ['null', null, []],
])('%s', (_what, file, others) => {
  const origins = allowedOrigins(file, OWN);
  expect([OWN, OTHER].filter((origin) => origins.has(origin))).toEqual([OWN, ...others]);
});

it('a page without an origin is nobody, also where all may ask', () => {
  expect(allowedOrigins({ origins: ['*', 'null'] }, OWN).has('null')).toBe(false);
});
