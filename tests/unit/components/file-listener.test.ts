import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { listenForFiles } from '../../../src/components/defect-inspector/file-listener.js';

class FakeElement extends EventTarget {
  readonly isContentEditable = false;
  isField = false;
  matches = (): boolean => this.isField;
}
class FakeWindow extends EventTarget {}

/** What is dragged, by type; `Files` has none. */
type Dragged = Readonly<Record<string, string>>;

function drag(name: string, dragged: Dragged): Event {
  const dataTransfer = {
    types: Object.keys(dragged),
    items: [],
    dropEffect: 'none',
    getData: (type: string) => dragged[type] ?? '',
  };
  return Object.assign(new Event(name, { bubbles: true, cancelable: true }), { dataTransfer });
}

function listening() {
  const target = new FakeElement();
  const calls: unknown[] = [];
  const controller = new AbortController();
  listenForFiles(
    target as unknown as HTMLElement,
    {
      onFiles: () => calls.push('files'),
      onDrop: () => calls.push('drop'),
      onAddresses: (addresses) => calls.push(addresses),
      onDragging: () => undefined,
    },
    controller.signal,
  );
  return { target, calls, controller };
}

beforeEach(() => {
  vi.stubGlobal('Window', FakeWindow);
  vi.stubGlobal('HTMLElement', FakeElement);
  // Pictures in what is dragged, as far as these tests need them.
  vi.stubGlobal(
    'DOMParser',
    class {
      parseFromString = (html: string) => ({
        images: Array.from(html.matchAll(/<img src="(.*?)"/g), ([, src]) => ({ src })),
      });
    },
  );
});
afterEach(() => vi.unstubAllGlobals());

const PAGE = 'https://example.test/page';

describe('no drag leaves the page', () => {
  test.each<[string, Dragged, unknown]>([
    ['files', { Files: '' }, 'drop'],
    ['a link', { 'text/uri-list': PAGE }, [PAGE]],
    ['a link with a comment', { 'text/uri-list': `# a part\r\n${PAGE}` }, [PAGE]],
    ['a picture in a link', { 'text/uri-list': PAGE, 'text/html': '<a><img src="data:,x">' }, ['data:,x']],
    ['an address that no page fetches', { 'text/uri-list': 'mailto:a@example.test' }, []],
    ['a local address', { 'text/uri-list': 'file:///home/a.jpg' }, []],
    ['text', { 'text/plain': 'a note' }, []],
    ['nothing at all', {}, []],
  ])('%s', (_, dragged, heard) => {
    const { target, calls } = listening();
    const events = ['dragover', 'drop'].map((name) => drag(name, dragged));
    for (const event of events) target.dispatchEvent(event);
    expect(events.map(({ defaultPrevented }) => defaultPrevented)).toEqual([true, true]);
    expect(calls).toEqual([heard]);
  });
});

test('text that is dragged into a field stays in it, and files do not', () => {
  const { target, calls } = listening();
  target.isField = true;
  const events = [drag('drop', { 'text/plain': 'a note' }), drag('drop', { Files: '' })];
  for (const event of events) target.dispatchEvent(event);
  expect(events.map(({ defaultPrevented }) => defaultPrevented)).toEqual([false, true]);
  expect(calls).toEqual(['drop']);
});

test('nothing is heard any more after the signal', () => {
  const { target, calls, controller } = listening();
  controller.abort();
  target.dispatchEvent(drag('drop', { Files: '' }));
  expect(calls).toEqual([]);
});
