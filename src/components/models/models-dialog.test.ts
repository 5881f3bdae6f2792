import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { failure } from '../../../tests/unit/workbench/failure.js';
import { FakeDetector, MODEL } from '../../../tests/unit/workbench/fakes.js';
import type { CustomModel } from '../../model/custom-models.js';
import { COMMAND_EVENT, type SentCommand } from '../shared/send-command.js';
import { tokens } from '../shared/tokens.styles.js';
import type { ModelState } from '../../workbench/models/model-state.js';
import { parseClassNames } from './hints-form.component.js';
import type { LibraryView } from '../../workbench/models/model-library.js';
import { DefectModelsDialog } from './models-dialog.js';

const READY: ModelState = { kind: 'ready', detector: new FakeDetector() };
const CASTINGS: CustomModel = {
  hash: MODEL.hash,
  name: 'Castings',
  bytes: 4_600_000,
  added: '2031-05-06T07:08:09.000Z',
};
const BOLTS: CustomModel = { ...CASTINGS, hash: 'b'.repeat(64), name: 'Bolts', bytes: 1_200_000_000 };
const SHIPPED = {
  name: 'surface-defects',
  version: '1.0',
  file: 'a.onnx',
  bytes: 5e6,
  sha256: 'c'.repeat(64),
};

const FULL: LibraryView = {
  choice: { kind: 'remembered', hash: CASTINGS.hash },
  catalogue: [SHIPPED, { ...SHIPPED, name: 'large', description: 'Slower.', sha256: 'd'.repeat(64) }],
  remembered: [BOLTS, CASTINGS],
  canRemember: true,
  storage: { used: 6_000_000, free: 90e9, isPersistent: false },
};
const EMPTY: LibraryView = { catalogue: [], remembered: [], canRemember: true };

async function open(view: LibraryView, state: ModelState = READY): Promise<DefectModelsDialog> {
  // The tokens come from the element around it.
  document.adoptedStyleSheets = [tokens.styleSheet!, rootTokens];
  const element = await fixture<DefectModelsDialog>(
    html`<defect-models-dialog .view=${view} .state=${state}></defect-models-dialog>`,
  );
  element.isOpen = true;
  await element.updateComplete;
  return element;
}

/** The same for the page itself, which is no shadow host. */
const rootTokens = new CSSStyleSheet();
rootTokens.replaceSync(tokens.cssText.replaceAll(':host', ':root'));

const text = (element: Element) => element.shadowRoot!.textContent.replaceAll(/\s+/g, ' ');
const rows = (element: Element) => [...element.shadowRoot!.querySelectorAll('li')];
function button(element: Element, name: string): HTMLButtonElement {
  const found = [...element.shadowRoot!.querySelectorAll('button')].find(
    (one) => (one.getAttribute('aria-label') ?? one.textContent.trim()) === name,
  );
  if (!found) throw new Error(`There is no button “${name}”.`);
  return found;
}
/** The command that something sends, and what goes with it. */
async function actionOf(element: DefectModelsDialog, act: () => void): Promise<readonly unknown[]> {
  setTimeout(act);
  const { command, args } = (await oneEvent<CustomEvent<SentCommand>>(element, COMMAND_EVENT)).detail;
  return [command, ...args];
}
const focused = (element: Element) => element.shadowRoot!.activeElement;

describe('<defect-models-dialog>', () => {
  const states: [string, LibraryView, ModelState][] = [
    ['empty', EMPTY, { kind: 'idle' }],
    ['loading', EMPTY, { kind: 'loading', progress: { loaded: 0, total: 0 } }],
    ['without a model', EMPTY, { kind: 'failed', error: failure('offline', 'No network.') }],
    ['with models', FULL, READY],
    ['with a stand-in', FULL, { ...READY, fallback: failure('model-corrupt', 'Damaged.') }],
    ['where the storage is unknown', { ...FULL, storage: undefined }, READY],
    ['where nothing can be stored', { ...EMPTY, canRemember: false }, READY],
    ['while a model is fetched', { ...FULL, fetching: { loaded: 1e6, total: 4e6 } }, READY],
    ['after a failure', { ...FULL, error: failure('storage-full', 'Full.') }, READY],
  ];
  for (const [name, view, state] of states) {
    it(`is accessible ${name}`, async () => {
      const element = await open(view, state);
      await expect(element).to.be.accessible();
    });
  }

  it('says which model is in use, how large each is, and what is stored', async () => {
    const element = await open(FULL);
    const said = text(element);
    expect(said).to.contain('In use: test-model 1.2.3');
    expect(said).to.contain('pitting, crack');
    expect(rows(element).map((row) => row.getAttribute('aria-current'))).to.deep.equal([
      'false',
      'false',
      'false',
      'true',
    ]);
    expect(text(element)).to.contain('1.2 GB');
    expect(text(element)).to.contain('4.6 MB');
    expect(said).to.contain('6.0 MB used on this device, about 90.0 GB free');
    expect(said).to.contain('may clear it when the device runs out of space');
  });

  it('switches: the first shipped model is the default, others go by name or hash', async () => {
    const element = await open(FULL);
    const use = (name: string) => actionOf(element, () => button(element, `Use ${name}`).click());
    expect(await use('surface-defects')).to.deep.equal(['model.choose', { choice: { kind: 'shipped' } }]);
    expect(await use('large')).to.deep.equal([
      'model.choose',
      { choice: { kind: 'catalogue', name: 'large' } },
    ]);
    expect(await use('Bolts')).to.deep.equal([
      'model.choose',
      { choice: { kind: 'remembered', hash: BOLTS.hash } },
    ]);
  });

  it('offers to remember a file that runs, and only where that is possible', async () => {
    const model = { name: 'New', file: new Blob(['12345']) };
    const view: LibraryView = { ...FULL, choice: { kind: 'visit', model } };
    const element = await open(view);
    expect(text(element)).to.contain('until this page is closed');
    expect(await actionOf(element, () => button(element, 'Remember on this device').click())).to.deep.equal([
      'model.remember',
    ]);
    element.view = { ...view, canRemember: false };
    await element.updateComplete;
    expect(() => button(element, 'Remember on this device')).to.throw();
    expect(text(element)).to.contain('They work until the page is closed');
  });

  it('says of a file that it can’t be used, and takes it away', async () => {
    const view: LibraryView = {
      ...FULL,
      choice: { kind: 'visit', model: { name: 'Notes', file: new Blob(['12345']) } },
    };
    const element = await open(view, { ...READY, fallback: failure('model-corrupt', 'Damaged.') });
    expect(text(element)).to.contain('Notes can’t be used');
    await expect(element).to.be.accessible();
    expect(await actionOf(element, () => button(element, 'Take away Notes').click())).to.deep.equal([
      'model.use-shipped',
    ]);
  });

  it('renames in place, and gives the focus back', async () => {
    const element = await open(FULL);
    button(element, 'Rename Bolts').click();
    await element.updateComplete;
    await element.updateComplete;
    const input = focused(element) as HTMLInputElement;
    expect(input.value).to.equal('Bolts');
    await expect(element).to.be.accessible();
    input.value = 'Screws';
    expect(await actionOf(element, () => input.form!.requestSubmit())).to.deep.equal([
      'model.rename',
      { hash: BOLTS.hash, name: 'Screws' },
    ]);
    await element.updateComplete;
    await element.updateComplete;
    expect(focused(element)).to.equal(button(element, 'Rename Bolts'));
  });

  it('asks before it deletes, with the focus on keeping', async () => {
    const element = await open(FULL);
    button(element, 'Delete Castings').click();
    await element.updateComplete;
    await element.updateComplete;
    expect(text(element)).to.contain('Delete Castings from this device? The shipped model is used instead');
    expect(focused(element)).to.equal(button(element, 'Keep'));
    await expect(element).to.be.accessible();
    expect(await actionOf(element, () => button(element, 'Delete').click())).to.deep.equal([
      'model.delete',
      { hash: CASTINGS.hash },
    ]);
  });

  it('takes an address and a file', async () => {
    const element = await open(FULL);
    const input = element.shadowRoot!.querySelector<HTMLInputElement>('input[name="url"]')!;
    input.value = ' models/own.onnx ';
    expect(await actionOf(element, () => input.form!.requestSubmit())).to.deep.equal([
      'model.fetch',
      { url: 'models/own.onnx' },
    ]);
    const file = new File(['x'], 'own.onnx');
    const transfer = new DataTransfer();
    transfer.items.add(file);
    const picker = element.shadowRoot!.querySelector<HTMLInputElement>('input[type="file"]')!;
    picker.files = transfer.files;
    expect(await actionOf(element, () => picker.dispatchEvent(new Event('change')))).to.deep.equal([
      'model.file',
      { file },
    ]);
  });

  it('asks what a file doesn’t say, of own models only', async () => {
    const detector = Object.assign(new FakeDetector(), { model: { ...MODEL, version: '' } });
    const element = await open(FULL, { kind: 'ready', detector });
    const form = element.shadowRoot!.querySelector('defect-hints-form')!;
    form.shadowRoot!.querySelector('details')!.open = true;
    await expect(element).to.be.accessible();
    const [classes, side] = ['textarea', 'input'].map((name) =>
      form.shadowRoot!.querySelector<HTMLInputElement>(name)!,
    );
    classes!.value = 'pore, crack\nchip';
    side!.value = '512';
    expect(await actionOf(element, () => side!.form!.requestSubmit())).to.deep.equal([
      'model.hints',
      { hints: { classes: ['pore', 'crack', 'chip'], shortSide: 512 } },
    ]);
    element.view = { ...FULL, choice: { kind: 'shipped' } };
    await element.updateComplete;
    expect(element.shadowRoot!.querySelector('defect-hints-form')).to.equal(null);
    element.view = FULL;
    element.state = READY;
    await element.updateComplete;
    expect(element.shadowRoot!.querySelector('defect-hints-form')).to.equal(null);
  });

  it('closes by its button and by a click beside it', async () => {
    const element = await open(FULL);
    button(element, 'Close').click();
    expect(element.isOpen).to.equal(false);
    element.isOpen = true;
    element.shadowRoot!.querySelector('dialog')!.click();
    expect(element.isOpen).to.equal(false);
  });
});

describe('class names', () => {
  it('stand one per line or between commas', () => {
    expect(parseClassNames(' pore,crack,\n\n chip \r\nlong name')).to.deep.equal([
      'pore',
      'crack',
      'chip',
      'long name',
    ]);
    expect(parseClassNames(' ,\n')).to.deep.equal([]);
  });
});
