import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { failure } from '../../../tests/unit/workbench/failure.js';
import {
  detection,
  DETECTIONS,
  FakeDetector,
  inspection,
  MODEL,
  photo,
} from '../../../tests/unit/workbench/fakes.js';
import { cocoOf, folderOf, type Outlined } from '../../../tests/unit/workbench/evaluation/evaluators.js';
import { fakePage } from '../../../tests/unit/workbench/fake-page.js';
import type { Detection } from '../../core/types.js';
import type { Container, Folder } from '../../datasets/types.js';
import type { Detector } from '../../detector/types.js';
import type { Workbench } from '../../workbench/workbench.js';
import { COMMAND_EVENT, type SentCommand } from '../shared/send-command.js';
import { tokens } from '../shared/tokens.styles.js';
import { DefectEvaluation } from './evaluation.js';
import type { DefectEvaluationStrip } from './strip.js';

const [PIT, CRACK, FAINT] = DETECTIONS as [Detection, Detection, Detection];
const FAR = detection(9, 1, [140, 120, 24, 24], 2);
/** `a.png`: pit and crack are found. `b.png`: the pit is below its threshold, what the model calls a crack is a pit, a crack is missed. */
const TRUTHS: Readonly<Record<string, readonly Outlined[]>> = {
  'a.png': [
    ['pitting', PIT],
    ['crack', CRACK],
  ],
  'b.png': [
    ['pitting', FAINT],
    ['pitting', CRACK],
    ['crack', FAR],
  ],
  'good.png': [],
};

/** Three photos annotated in COCO's format; `extra` images are listed and missing. */
async function coco(extra: readonly string[] = []): Promise<Folder> {
  const names = Object.keys(TRUTHS);
  const photos = await Promise.all(names.map(async (name) => [name, await photo(name)] as const));
  const listed = { ...TRUTHS, ...Object.fromEntries(extra.map((name) => [name, []])) };
  const json = cocoOf(listed, ['pitting', 'crack']);
  return folderOf('line-2', Object.fromEntries(photos), { 'coco.json': json });
}

const found = (name: string) => inspection(name, name === 'good.png' ? [] : DETECTIONS);

/** A workbench whose inspector works with that detector; others are there by their names. */
function benchOf(
  detector: Detector,
  others: Readonly<Record<string, Detector>> = {},
  first: () => Promise<Detector> = async () => detector,
): Workbench {
  const large = { name: 'large', version: '2.0', file: 'l.onnx', bytes: 9e6, sha256: 'e'.repeat(64) };
  const { bench } = fakePage(
    async ({ model } = {}) => (typeof model === 'string' ? others[model]! : first()),
    { shelf: { catalogue: async () => [large], openStore: async () => undefined } },
  );
  return bench;
}

/** The same for the page itself, which is no shadow host: the tokens come from the element around it. */
const rootTokens = new CSSStyleSheet();
rootTokens.replaceSync(tokens.cssText.replaceAll(':host', ':root'));

const benches = new WeakMap<DefectEvaluation, Workbench>();

/** The view of a workbench, as the inspector around it would draw it. */
async function open(bench = benchOf(new FakeDetector(found))): Promise<DefectEvaluation> {
  document.adoptedStyleSheets = [tokens.styleSheet!, rootTokens];
  const element = await fixture<DefectEvaluation>(
    html`<defect-evaluation
      .state=${bench.state.evaluation}
      .picture=${bench.evaluation.picture}
    ></defect-evaluation>`,
  );
  benches.set(element, bench);
  bench.store.subscribe(() => (element.state = bench.state.evaluation));
  element.addEventListener(COMMAND_EVENT, (event) => {
    const { command, args } = (event as CustomEvent<SentCommand>).detail;
    bench.run(command, ...args);
    element.state = bench.state.evaluation;
  });
  await bench.openEvaluation();
  element.isOpen = true;
  await element.updateComplete;
  return element;
}

async function take(element: DefectEvaluation, container: Container): Promise<void> {
  await benches.get(element)!.evaluate(container);
  await element.updateComplete;
}

async function opened(bench?: Workbench): Promise<DefectEvaluation> {
  const element = await open(bench);
  await take(element, await coco());
  return element;
}

async function evaluated(bench?: Workbench): Promise<DefectEvaluation> {
  const element = await opened(bench);
  button(element, 'Inspect 3 photos').click();
  await ready(element);
  return element;
}

const status = (element: Element) =>
  element.shadowRoot!.querySelector('dialog > [role="status"]')?.textContent;
async function ready(element: DefectEvaluation): Promise<void> {
  await waitUntil(() => status(element) === 'The figures are ready', 'figures', { timeout: 5000 });
  await element.updateComplete;
}
const part = <K extends keyof HTMLElementTagNameMap>(root: Element, name: K): HTMLElementTagNameMap[K] =>
  root.shadowRoot!.querySelector(name)!;
const has = (root: Element, name: string) => root.shadowRoot!.querySelector(name) !== null;
const text = (element: Element) => element.shadowRoot!.textContent.replaceAll(/\s+/g, ' ');
const nameOf = (one: Element) =>
  (one.getAttribute('aria-label') ?? one.textContent).replaceAll(/\s+/g, ' ').trim();
function button(root: Element, name: string): HTMLElement {
  const all = [...root.shadowRoot!.querySelectorAll<HTMLElement>('button, label')];
  const one = all.find((candidate) => nameOf(candidate) === name);
  if (!one) throw new Error(`There is no “${name}” among ${all.map(nameOf).join(' | ')}.`);
  return one;
}
const cases = (element: Element) =>
  [...part(element, 'defect-case-gallery').shadowRoot!.querySelectorAll('li .what')].map((one) =>
    one.textContent.trim(),
  );
const cell = (element: Element, name: string) => button(part(element, 'defect-confusion'), name);

describe('<defect-evaluation>', () => {
  it('offers how thoroughly photos are looked at, and what that takes', async () => {
    const element = await opened();
    element.time = (detail) => (detail === 'fast' ? 3 : 200);
    await element.updateComplete;
    const select = () =>
      element.shadowRoot!.querySelector<HTMLSelectElement>(
        'select[aria-label="How thoroughly photos are looked at"]',
      );
    const options = [...select()!.options].map((one) => one.textContent.trim());
    expect(options).to.deep.equal([
      'Fast: one view each, about 3 s',
      'Thorough: in tiles, too, about 3 minutes',
    ]);
    expect(select()!.value).to.equal('fast');
    select()!.value = 'thorough';
    select()!.dispatchEvent(new Event('change'));
    await element.updateComplete;
    expect(select()!.value).to.equal('thorough');
    button(element, 'Inspect 3 photos').click();
    await ready(element);
    expect(text(element)).to.contain('Each photo is looked at in tiles, too');
    await expect(element).to.be.accessible();
  });

  const stopped: FakeDetector = new FakeDetector(found, { isHolding: true });
  const states: [string, () => Promise<DefectEvaluation>][] = [
    ['empty', () => open()],
    [
      'after a folder without annotations',
      async () => {
        const element = await open();
        await take(element, { name: 'holiday', files: [] });
        return element;
      },
    ],
    ['with photos', () => opened()],
    [
      'while it inspects',
      async () => {
        const element = await opened(benchOf(stopped));
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
        const failing = benchOf(new FakeDetector(), {}, () =>
          Promise.reject(failure('offline', 'No network. Go online once.')),
        );
        const element = await opened(failing);
        button(element, 'Inspect 3 photos').click();
        await waitUntil(() => has(element, 'defect-evaluation-progress'));
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
    const element = await evaluated(benchOf(new FakeDetector(found), { large: better }));
    const select = element.shadowRoot!.querySelector<HTMLSelectElement>(
      'select[aria-label="Compare with another model"]',
    )!;
    select.value = 'large';
    select.dispatchEvent(new Event('change'));
    await waitUntil(() => has(element, 'defect-model-changes'), 'changes', { timeout: 5000 });
    await ready(element);
    return element;
  }

  it('says what is in the folder and what is wrong with it', async () => {
    const element = await open();
    await take(element, await coco(['lost.png']));
    await element.updateComplete;
    expect(text(element)).to.contain('line-2 · COCO · 3 photos');
    expect(text(element)).to.contain('2 with 5 defects, 1 good part');
    expect(text(element)).to.contain('1 note on the files; everything else is used');
    expect(text(element)).to.contain('lost.png');
  });

  it('says in a sentence what a folder lacks, and takes another', async () => {
    const element = await open();
    await take(element, { name: 'holiday', files: [] });
    await element.updateComplete;
    const intake = part(element, 'defect-evaluation-intake');
    expect(intake.shadowRoot!.querySelector('.error')!.textContent).to.equal(
      'There are no images in holiday. Choose a folder or ZIP with JPEG, PNG, WebP, AVIF, BMP or GIF photos in it.',
    );
    await take(element, await coco());
    await element.updateComplete;
    button(element, 'Inspect 3 photos');
  });

  it('says how far reading is, and stops it when asked to', async () => {
    const element = await open();
    const sent: string[] = [];
    element.addEventListener(COMMAND_EVENT, (event) => {
      sent.push((event as CustomEvent<SentCommand>).detail.command);
    });
    const reading = { name: 'line.zip', done: 1200, total: 20_000, step: 'files' } as const;
    const { store } = benches.get(element)!;
    store.update({ evaluation: { ...store.state.evaluation, reading } });
    const intake = part(element, 'defect-evaluation-intake').shadowRoot!;
    await waitUntil(() => intake.querySelector('.number'));
    expect(intake.querySelector('.number')!.textContent).to.equal('Reading line.zip: 1,200 of 20,000 files');
    expect(status(element)).to.equal('Reading line.zip');
    intake.querySelector('button')!.click();
    expect(sent).to.deep.equal(['evaluation.stop-reading']);
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
    await element.updateComplete;
    await gallery.updateComplete;
    const dialog = gallery.shadowRoot!.querySelector('dialog')!;
    expect(dialog.open).to.equal(true);
    const press = async (key: string) => {
      dialog.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      await element.updateComplete;
      await gallery.updateComplete;
      return dialog.querySelector('p')!.textContent.replaceAll(/\s+/g, ' ').trim();
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
    use.click();
    const { ownThresholds } = benches.get(element)!.state;
    expect(Object.keys(ownThresholds)).to.deep.equal([MODEL.hash]);
    expect(ownThresholds[MODEL.hash]![1]).to.be.within(0.1, 0.5);
    await waitUntil(() => has(element, 'button.primary'));
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
    const element = await opened(benchOf(detector));
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
      benchOf(detector, {}, async () => {
        if (isOffline) throw failure('offline', 'No network. Go online once.');
        return detector;
      }),
    );
    button(element, 'Inspect 3 photos').click();
    await waitUntil(() => has(element, 'defect-evaluation-progress'));
    const progress = part(element, 'defect-evaluation-progress');
    await waitUntil(() => text(progress).includes('No network. Go online once.'));
    isOffline = false;
    button(element, 'Inspect 3 photos').click();
    await ready(element);
  });

  it('shows beside the inspector that it goes on, with a way back', async () => {
    const detector = new FakeDetector(found, { isHolding: true });
    const bench = benchOf(detector);
    const element = await opened(bench);
    button(element, 'Inspect 3 photos').click();
    await waitUntil(() => detector.inspected.length === 1);
    element.close();
    const strip = await fixture<DefectEvaluationStrip>(
      html`<defect-evaluation-strip .state=${bench.state.evaluation}></defect-evaluation-strip>`,
    );
    expect(text(strip)).to.contain('Evaluation: 0 of 3 photos');
    expect(strip.shadowRoot!.querySelector('[role="status"]')!.textContent).to.equal(
      'The evaluation goes on in the background.',
    );
    await expect(strip).to.be.accessible();
    const sent: string[] = [];
    strip.addEventListener(COMMAND_EVENT, (event) => {
      sent.push((event as CustomEvent<SentCommand>).detail.command);
    });
    button(strip, 'Show it').click();
    button(strip, 'Stop').click();
    bench.run('evaluation.cancel');
    await waitUntil(() => bench.state.evaluation.hasNews);
    strip.state = bench.state.evaluation;
    await strip.updateComplete;
    expect(text(strip)).to.contain('The evaluation of line-2 has ended.');
    button(strip, 'Close the notice').click();
    expect(sent).to.deep.equal(['evaluation.open', 'evaluation.cancel', 'evaluation.seen']);
  });

  it('says in whole parts what would become of them, and what one threshold leads to', async () => {
    const element = await evaluated();
    const verdict = element.shadowRoot!.querySelector('.verdict')!.textContent.replaceAll(/\s+/g, ' ').trim();
    expect(verdict).to.equal('Of 2 defective parts 0 would escape; of 1 good one 0 would be rejected.');
    const chart = part(element, 'defect-threshold-chart');
    const slider = chart.shadowRoot!.querySelector('input')!;
    slider.value = '0.95';
    slider.dispatchEvent(new Event('input'));
    await chart.updateComplete;
    expect(chart.shadowRoot!.querySelector('output')!.textContent).to.equal(
      'Of 2 defective parts 2 would escape; of 1 good one 0 would be rejected.',
    );
    slider.dispatchEvent(new Event('change'));
    await ready(element);
    await waitUntil(() => cases(element).length === 5, 'all are missed');
    button(element, 'One for all');
  });

  it('offers back what was taken away, where it was taken from', async () => {
    const bench = benchOf(new FakeDetector(found));
    const element = await evaluated(bench);
    const show = async () => {
      element.banners = bench.derived.banners;
      await element.updateComplete;
    };
    button(element, 'Other photos').click();
    await show();
    expect(element.shadowRoot!.querySelector('.banners')!.textContent).to.contain(
      'The results of line-2 (3 photos) were removed.',
    );
    expect(has(element, 'defect-evaluation-intake')).to.equal(true);
    await expect(element).to.be.accessible();
    button(element, 'Undo').click();
    await show();
    expect(has(element, 'defect-banner')).to.equal(false);
    expect(has(element, '.verdict')).to.equal(true);
  });

  it('counts crowds as neither, unless somebody says that they are defects', async () => {
    const { name, files } = await coco();
    const json = cocoOf(TRUTHS, ['pitting', 'crack']) as {
      annotations: { image_id: number; iscrowd: number }[];
    };
    for (const one of json.annotations) if (one.image_id === 2) one.iscrowd = 1;
    const photos = Object.fromEntries(files.map(({ path, file }) => [path, file]));
    delete photos['coco.json'];
    const element = await open();
    await take(element, folderOf(name, photos, { 'coco.json': json }));
    expect(text(element)).to.contain('1 with 2 defects, 1 good part, 1 with crowds alone');
    expect(text(element)).to.contain('3 regions are marked as a crowd (iscrowd)');
    button(element, 'Inspect 3 photos').click();
    await ready(element);
    expect(text(element)).to.contain('Of 1 defective part 0 would escape');
    expect(text(element)).to.contain(
      '1 photo counts as neither: all that is outlined on it is marked as a crowd.',
    );
    await expect(element).to.be.accessible();
    const mapping = () =>
      part(element, 'defect-class-mapping').shadowRoot!.textContent.replaceAll(/\s+/g, ' ');
    expect(mapping()).to.contain('pitting 1 ');
    element.shadowRoot!.querySelector<HTMLInputElement>('input[type="checkbox"]')!.click();
    await waitUntil(() => text(element).includes('Of 2 defective parts'), 'figures', { timeout: 5000 });
    expect(text(element)).to.contain('2 with 5 defects, 1 good part');
    expect(text(element)).not.to.contain('counts as neither');
    expect(mapping()).to.contain('pitting 3 ');
  });

  it('says what the photos lack', async () => {
    const element = await open();
    const name = 'a.png';
    const json = cocoOf({ [name]: TRUTHS[name]! }, ['pitting', 'crack']);
    await take(element, folderOf('bad', { [name]: await photo(name) }, { 'coco.json': json }));
    expect(text(element)).to.contain('There are no good parts among the photos');
  });
});
