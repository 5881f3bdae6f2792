import type { DefectInspectorElement } from '../index.js';
import { text } from '../messages/page-text.js';

interface Sample {
  readonly file: keyof typeof text.samples;
  readonly width: number;
  readonly height: number;
}

const FOLDER = './samples/';

/** Puts the generated pictures into the element's slot `samples`; a page without such pictures offers none. */
export async function offerSamples(inspector: DefectInspectorElement): Promise<void> {
  const samples = await readSamples();
  inspector.append(...samples.map((sample) => sampleButton(sample, inspector)));
}

/** Browsers' own lazy loading begins thousands of pixels ahead. */
function loadWhenSeen(picture: HTMLImageElement, src: string): void {
  const observer = new IntersectionObserver((seen) => {
    if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    picture.src = src;
  });
  observer.observe(picture);
}

/** The pictures that are there; none where their list can't be had or read: the page works without them. */
export async function readSamples(): Promise<readonly Sample[]> {
  const list = await fetch(`${FOLDER}samples.json`)
    .then((response): Promise<unknown> | undefined => (response.ok ? response.json() : undefined))
    .catch(() => undefined);
  return Array.isArray(list) ? list.filter(isSample) : [];
}

function isSample(value: unknown): value is Sample {
  const { file } = (value ?? {}) as Partial<Record<string, unknown>>;
  return typeof file === 'string' && Object.hasOwn(text.samples, file);
}

function sampleButton({ file, width, height }: Sample, inspector: DefectInspectorElement): HTMLElement {
  const title = text.samples[file];
  const picture = document.createElement('img');
  Object.assign(picture, { alt: '', width, height, decoding: 'async' });
  loadWhenSeen(picture, FOLDER + file);
  const caption = document.createElement('span');
  caption.textContent = title;
  const button = document.createElement('button');
  button.slot = 'samples';
  button.type = 'button';
  button.append(picture, caption);
  button.addEventListener('click', () => {
    const name = text.sample({ title });
    // The element shows the error beside the photo.
    void inspector.inspect(new URL(FOLDER + file, document.baseURI), { name }).catch(() => undefined);
  });
  return button;
}
