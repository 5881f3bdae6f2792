import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import {
  detection,
  DETECTIONS,
  FakeDetector,
  inspection,
  MODEL,
  photo,
} from '../../../tests/unit/workbench/fakes.js';
import { InspectorError } from '../../core/errors.js';
import { detectionRle } from '../../core/evaluation/photo.js';
import { rleToString } from '../../core/regions/rle.js';
import { thresholdFor } from '../../core/recipe/threshold.js';
import type { Detection } from '../../core/types.js';
import type { Source, SourceFile } from '../../datasets/types.js';
import type { Detector } from '../../detector/types.js';
import { tokens } from '../shared/tokens.styles.js';
import type { ChosenThresholds, EvaluationModels } from './evaluation.component.js';
import { DefectEvaluation } from './evaluation.js';

const [PIT, CRACK, FAINT] = DETECTIONS as [Detection, Detection, Detection];
const FAR = detection(9, 1, [140, 120, 24, 24], 2);
/** `a.png`: pit and crack are found. `b.png`: the pit is below its threshold, what the model calls a crack is a pit, a crack is missed. */
const TRUTHS: Readonly<Record<string, readonly (readonly [category: number, as: Detection])[]>> = {
  'a.png': [
    [1, PIT],
    [2, CRACK],
  ],
  'b.png': [
    [1, FAINT],
    [1, CRACK],
    [2, FAR],
  ],
  'good.png': [],
};

const jsonFile = (path: string, content: object): SourceFile => {
  const blob = new Blob([JSON.stringify(content)]);
  return { path, size: blob.size, blob: async () => blob };
};

/** Three photos annotated in COCO's format; `extra` images are listed and missing. */
async function coco(extra: readonly string[] = []): Promise<Source> {
  const names = Object.keys(TRUTHS);
  const images = [...names, ...extra].map((name, i) => ({
    id: i + 1,
    file_name: name,
    width: 320,
    height: 160,
  }));
  const annotations = names
    .flatMap((name, i) =>
      TRUTHS[name]!.map(([category_id, as]) => {
        const rle = detectionRle(as, 320, 160);
        return {
          id: 0,
          image_id: i + 1,
          category_id,
          iscrowd: 0,
          segmentation: { size: rle.size, counts: rleToString(rle) },
        };
      }),
    )
    .map((one, i) => ({ ...one, id: i + 1 }));
  const categories = [
    { id: 1, name: 'pitting' },
    { id: 2, name: 'crack' },
  ];
  const files = await Promise.all(
    names.map(async (path) => {
      const file = await photo(path);
      return { path, size: file.size, blob: async () => file };
    }),
  );
  return { name: 'line-2', files: [...files, jsonFile('coco.json', { images, annotations, categories })] };
}

const found = (name: string) => inspection(name, name === 'good.png' ? [] : DETECTIONS);

function modelsOf(detector: Detector, more: Partial<EvaluationModels> = {}): EvaluationModels {
  return {
    current: async () => detector,
    factory: async () => detector,
    catalogue: async () => [
      { name: 'large', version: '2.0', file: 'l.onnx', bytes: 9e6, sha256: 'e'.repeat(64) },
    ],
    inUse:
      ({ classes }) =>
      (id) =>
        thresholdFor(id, 'auto', classes),
    ...more,
  };
}

/** The same for the page itself, which is no shadow host: the tokens come from the element around it. */
const rootTokens = new CSSStyleSheet();
rootTokens.replaceSync(tokens.cssText.replaceAll(':host', ':root'));

async function open(models: EvaluationModels = modelsOf(new FakeDetector(found))): Promise<DefectEvaluation> {
  document.adoptedStyleSheets = [tokens.styleSheet!, rootTokens];
  const element = await fixture<DefectEvaluation>(
    html`<defect-evaluation .models=${models}></defect-evaluation>`,
  );
  await element.show();
  return element;
}

async function opened(models?: EvaluationModels): Promise<DefectEvaluation> {
  const element = await open(models);
  await element.take(await coco());
  await element.updateComplete;
  return element;
}

async function evaluated(models?: EvaluationModels): Promise<DefectEvaluation> {
  const element = await opened(models);
  button(element, 'Inspect 3 photos').click();
  await ready(element);
  return element;
}

const status = (element: Element) =>
  element.shadowRoot!.querySelector('dialog > [role="status"]')!.textContent;
async function ready(element: DefectEvaluation): Promise<void> {
  await waitUntil(() => status(element) === 'The figures are ready', 'figures', { timeout: 5000 });
  await element.updateComplete;
}
const part = <K extends keyof HTMLElementTagNameMap>(root: Element, name: K): HTMLElementTagNameMap[K] =>
  root.shadowRoot!.querySelector(name)!;
const text = (element: Element) => element.shadowRoot!.textContent!.replaceAll(/\s+/g, ' ');
const nameOf = (one: Element) =>
  (one.getAttribute('aria-label') ?? one.textContent!).replaceAll(/\s+/g, ' ').trim();
function button(root: Element, name: string): HTMLElement {
  const all = [...root.shadowRoot!.querySelectorAll<HTMLElement>('button, label')];
  const one = all.find((candidate) => nameOf(candidate) === name);
  if (!one) throw new Error(`There is no “${name}” among ${all.map(nameOf).join(' | ')}.`);
  return one;
}
const cases = (element: Element) =>
  [...part(element, 'defect-case-gallery').shadowRoot!.querySelectorAll('li .what')].map((one) =>
    one.textContent!.trim(),
  );
const cell = (element: Element, name: string) => button(part(element, 'defect-confusion'), name);

describe('<defect-evaluation>', () => {
  const stopped: FakeDetector = new FakeDetector(found, { isHolding: true });
  const states: [string, () => Promise<DefectEvaluation>][] = [
    ['empty', () => open()],
    [
      'after a folder without annotations',
      async () => {
        const element = await open();
        await element.take({ name: 'holiday', files: [] });
        return element;
      },
    ],
    ['with photos', () => opened()],
    [
      'while it inspects',
      async () => {
        const element = await opened(modelsOf(stopped));
        button(element, 'Inspect 3 photos').click();
        await waitUntil(() => stopped.inspected.length > 0);
        return element;
      },
    ],
    ['with figures', () => evaluated()],
    [
      'with a photo as a whole',
      async () => {
        const element = await evaluated();
        part(element, 'defect-case-gallery').shadowRoot!.querySelector<HTMLElement>('li button')!.click();
        return element;
      },
    ],
    ['with two models', () => compared()],
    [
      'without a model',
      async () => {
        const failing = modelsOf(new FakeDetector(), {
          current: () => Promise.reject(new InspectorError('offline', 'No network. Go online once.')),
        });
        const element = await opened(failing);
        button(element, 'Inspect 3 photos').click();
        await waitUntil(() => part(element, 'defect-evaluation-progress') !== null);
        return element;
      },
    ],
  ];
  for (const [name, make] of states) {
    it(`is accessible ${name}`, async () => {
      const element = await make();
      await element.updateComplete;
      await expect(element).to.be.accessible();
      document.documentElement.style.colorScheme = 'dark';
      await expect(element).to.be.accessible();
      document.documentElement.style.colorScheme = '';
    });
  }

  /** The second model finds everything on b.png, and raises an alarm on the good part. */
  async function compared(): Promise<DefectEvaluation> {
    const better = new FakeDetector((name) => {
      const all =
        name === 'b.png'
          ? [detection(1, 0.9, FAINT.box), { ...FAR, score: 0.8 }]
          : name === 'good.png'
            ? [PIT]
            : DETECTIONS;
      return inspection(name, all, { model: { ...MODEL, name: 'large', hash: 'e'.repeat(64) } });
    });
    Object.assign(better, { model: { ...MODEL, name: 'large', hash: 'e'.repeat(64) } });
    const element = await evaluated(modelsOf(new FakeDetector(found), { factory: async () => better }));
    const select = element.shadowRoot!.querySelector<HTMLSelectElement>(
      'select[aria-label="Compare with another model"]',
    )!;
    select.value = 'large';
    select.dispatchEvent(new Event('change'));
    await waitUntil(() => part(element, 'defect-model-changes') !== null, 'changes', { timeout: 5000 });
    await ready(element);
    return element;
  }

  it('says what is in the folder and what is wrong with it', async () => {
    const element = await open();
    await element.take(await coco(['lost.png']));
    await element.updateComplete;
    expect(text(element)).to.contain('line-2 · COCO · 3 photos');
    expect(text(element)).to.contain('2 with 5 defects, 1 good part');
    expect(text(element)).to.contain('1 note on the files; everything else is used');
    expect(text(element)).to.contain('lost.png');
  });

  it('says in a sentence what a folder lacks, and takes another', async () => {
    const element = await open();
    await element.take({ name: 'holiday', files: [] });
    await element.updateComplete;
    const intake = part(element, 'defect-evaluation-intake');
    expect(intake.shadowRoot!.querySelector('.error')!.textContent).to.equal(
      'There are no images in holiday.',
    );
    await element.take(await coco());
    await element.updateComplete;
    button(element, 'Inspect 3 photos');
  });

  it('opens the photos of every cell of the confusion matrix', async () => {
    const element = await evaluated();
    expect(cases(element)).to.deep.equal(['pitting, only 0.50', 'crack, nothing near']);
    cell(element, '1: pitting reported as crack').click();

    await waitUntil(() => cases(element).join() === 'pitting → crack 0.55');
    expect(element.shadowRoot!.activeElement!.id).to.equal('cases');
    cell(element, '1: False alarms as pitting').click();
    await waitUntil(() => cases(element).join() === 'pitting 0.90, overlap 0.07');
    cell(element, '1: Found: crack').click();
    await waitUntil(() => cases(element).join() === 'crack 0.55');
  });

  it('walks through the photos with the arrow keys', async () => {
    const element = await evaluated();
    const gallery = part(element, 'defect-case-gallery');
    gallery.shadowRoot!.querySelectorAll<HTMLElement>('li button')[0]!.click();
    await gallery.updateComplete;
    const dialog = gallery.shadowRoot!.querySelector('dialog')!;
    expect(dialog.open).to.equal(true);
    const press = async (key: string) => {
      dialog.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      await gallery.updateComplete;
      return dialog.querySelector('p')!.textContent!.replaceAll(/\s+/g, ' ').trim();
    };
    expect(await press('ArrowRight')).to.equal('crack, nothing near · b.png · 2 of 2');
    expect(await press('ArrowRight')).to.equal('pitting, only 0.50 · b.png · 1 of 2');
    expect(await press('ArrowLeft')).to.equal('crack, nothing near · b.png · 2 of 2');
  });

  it('proposes thresholds by F1 and by cost, and hands them over', async () => {
    const element = await evaluated();
    expect(() => button(element, 'Use these thresholds')).to.throw();
    button(element, 'Best F1').click();
    await ready(element);
    await waitUntil(() => cases(element).length === 1, 'the faint pit is found at a lower threshold');
    const use = button(element, 'Use these thresholds');
    setTimeout(() => use.click());
    const { detail } = (await oneEvent(element, 'thresholds-use')) as CustomEvent<ChosenThresholds>;
    expect(detail.hash).to.equal(MODEL.hash);
    expect(detail.thresholds[1]).to.be.within(0.1, 0.5);
    await element.updateComplete;
    button(element, 'In use in the inspector');

    button(element, 'Lowest cost').click();
    await element.updateComplete;
    const cost = element.shadowRoot!.querySelector<HTMLInputElement>('.cost input')!;
    cost.value = '0.1';
    cost.dispatchEvent(new Event('change'));
    await ready(element);
    await waitUntil(
      () => cases(element).length > 1,
      'a missed defect hardly costs anything: higher thresholds',
    );
  });

  it('compares two models: fixed, broken, unchanged', async () => {
    const element = await compared();
    const changes = part(element, 'defect-model-changes');
    const said = [...changes.shadowRoot!.querySelectorAll('button')].map(nameOf);
    expect(said).to.include('2 defects fixed: found by B only');
    expect(said).to.include('2 defects found by both');
    expect(said).to.include('1 false alarm new: raised by B only');
    expect(said).to.include('1 false alarm gone: raised by A only');
  });

  it('keeps what is done when it is stopped', async () => {
    const detector = new FakeDetector(found, { isHolding: true });
    const element = await opened(modelsOf(detector));
    button(element, 'Inspect 3 photos').click();
    await waitUntil(() => detector.inspected.length === 1);
    detector.release();
    await waitUntil(() => detector.inspected.length === 2);
    button(part(element, 'defect-evaluation-progress'), 'Stop').click();
    await ready(element);
    expect(text(part(element, 'defect-evaluation-progress'))).to.contain('stopped after 1 of 3 photos');
    expect(button(element, 'Report JSON').matches(':enabled')).to.equal(true);
  });

  it('says why there is no model, and can be tried again', async () => {
    let isOffline = true;
    const detector = new FakeDetector(found);
    const element = await opened(
      modelsOf(detector, {
        current: async () => {
          if (isOffline) throw new InspectorError('offline', 'No network. Go online once.');
          return detector;
        },
      }),
    );
    button(element, 'Inspect 3 photos').click();
    await waitUntil(() => part(element, 'defect-evaluation-progress') !== null);
    const progress = part(element, 'defect-evaluation-progress');
    await waitUntil(() => text(progress).includes('No network. Go online once.'));
    isOffline = false;
    button(element, 'Inspect 3 photos').click();
    await ready(element);
  });
});
