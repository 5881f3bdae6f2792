/** What can go wrong while models, photos and the program itself are fetched, started and kept. */
import { count, patience } from './numbers.js';
import { sentence } from './sentence.js';

const CALLED = {
  model: 'The model',
  photo: 'The photo',
  program: 'The program',
  catalogue: 'The list of models',
  samples: 'The list of sample parts',
};

/** What is fetched. */
export type Download = keyof typeof CALLED;

/** What is missing or damaged of the program itself, only whoever hosts it can mend. */
const HOST = ' Reload the page. If that does not help, tell whoever runs it.';
const OWN_MODEL = ' A model of your own can be dropped.';
const HINTS: Partial<Record<Download, string>> = {
  program: HOST,
  catalogue: HOST + OWN_MODEL,
  // It may be a model of this page, or of another site.
  model: ` If the address is right, tell whoever runs that site.${OWN_MODEL}`,
};
const hint = (what: Download): string => HINTS[what] ?? '';

const STORED = {
  thresholds: 'Your thresholds',
  settings: 'Your settings',
  models: 'What you chose about models',
};

/** What a person would have kept. */
export type Stored = keyof typeof STORED;

export const loadingErrors = {
  // Downloads
  'loading-cancelled': 'Loading was cancelled.',
  'download-too-large': ({ what }: { readonly what: Download }) =>
    `${CALLED[what]} is too large for the memory of this device. Close other pages, or use a smaller one.`,
  /** `isForeign`: browsers don't tell a missing permission of another site from a missing connection. */
  'download-failed': ({
    what,
    url,
    isForeign,
  }: {
    readonly what: Download;
    readonly url: string;
    readonly isForeign: boolean;
  }) =>
    `${CALLED[what]} could not be loaded from ${url}. Check the connection` +
    `${isForeign ? ' and that the other site lets pages read the file (CORS)' : ''}, then try again.`,
  'page-allows-no-download': ({ what, host }: { readonly what: Download; readonly host: string }) =>
    `${CALLED[what]} was not loaded from ${host}: this page allows no requests to other sites. ` +
    'Download the file there and drop it here.',
  'download-stalled': ({
    what,
    url,
    seconds,
  }: {
    readonly what: Download;
    readonly url: string;
    readonly seconds: number;
  }) =>
    `${CALLED[what]} could not be loaded: nothing has come from ${url} for ` +
    `${count(seconds, 'second')}. Check the connection, then try again.`,
  'server-failed': ({
    what,
    url,
    status,
  }: {
    readonly what: Download;
    readonly url: string;
    readonly status: number;
  }) => `${CALLED[what]} could not be loaded: the server at ${url} answered ${status}. Try again later.`,
  'not-on-server': ({
    what,
    url,
    status,
  }: {
    readonly what: Download;
    readonly url: string;
    readonly status: number;
  }) => `${CALLED[what]} was not found at ${url} (the server answered ${status}).${hint(what)}`,
  'web-page-instead': ({ what, url }: { readonly what: Download; readonly url: string }) =>
    `${CALLED[what]} was not found: there is a web page at ${url}.${hint(what)}`,
  'not-an-address': ({ text }: { readonly text: string }) => `"${text}" is not an address.`,

  // The list of models
  'catalogue-not-json': `The list of models (catalogue.json) is not JSON.${hint('catalogue')}`,
  'catalogue-invalid': `The list of models (catalogue.json) is empty or invalid.${hint('catalogue')}`,
  'model-not-in-catalogue': ({ name, known }: { readonly name: string; readonly known: readonly string[] }) =>
    `There is no model "${name}". Available: ${known.map((one) => `"${one}"`).join(', ')}.`,
  'no-former-model': 'No model of an earlier visit is on this device. Check the connection, then try again.',
  'model-not-as-promised': ({ url }: { readonly url: string }) =>
    `The model at ${url} is not the one that the catalogue promises (SHA-256 differs). Try again later.`,

  // Keeping models
  'storage-not-allowed':
    'This page can store nothing in this browser: it needs https, and a storage that answers. The model is loaded again at the next visit.',
  'storage-not-working':
    "The browser's storage for this page does not work at present. The model is loaded again at the next visit.",
  'no-space-for-download':
    "The browser's storage for this page is full. The model is loaded again at the next visit.",
  'no-space-for-model':
    "The model was not stored: the browser's storage for this page is full. Delete models that are not needed.",
  'model-not-stored':
    'The browser could not store the model: private windows have little room, and a file that was moved must be ' +
    'chosen again. Until the page is closed, the model works.',
  'not-stored': ({ what }: { readonly what: Stored }) =>
    `${STORED[what]} could not be stored in this browser: its storage for this page is full or does not work. ` +
    'Until this page is closed, it stays as you set it. Free space on this device, or delete models that are not needed, then set it again.',
  'lesson-not-stored':
    'The lesson could not be stored in this browser: private windows and some pages may keep nothing. It stays as it is until this page is closed. Export it as a file to keep it.',
  'lesson-not-read':
    'The lesson could not be read from this device. Close this page, open it again and try once more.',
  'lesson-gone': 'This lesson is no longer on this device. Another page may have deleted it.',
  'kept-not-read':
    'The storage of this browser does not answer: models, thresholds and settings of earlier visits are not in use. ' +
    'Try again; if that does not help, close this page and open it again.',
  'own-models-not-readable':
    'The models on this device could not be read. Close this page and open it again.',

  // The program itself
  /** For whoever builds the page. */
  'assets-not-placed':
    'The program could not be started: the build tool of this page does not say where its files are. ' +
    'Copy them to the folder that is served, “npx defect-inspector copy-assets public/defect-inspector” for instance, and name it: assets="/defect-inspector/".',
  'script-of-wrong-type': ({ url, type }: { readonly url: string; readonly type: string }) =>
    `The program could not be started: the server says that ${url} is ${type ? `“${type}”` : 'of no type'}, and browsers run only “text/javascript”.${HOST}`,
  'policy-lacks-source': ({
    what,
    url,
    directive,
    source,
  }: {
    readonly what: Download;
    readonly url: string;
    readonly directive: string;
    readonly source: string;
  }) =>
    `${what === 'program' ? 'The program could not be started' : `${CALLED[what]} could not be loaded`}: ` +
    `the policy of this page (Content-Security-Policy) does not allow ${url}. ` +
    `Tell whoever runs it: ${directive} must name ${source}.`,
  'webassembly-not-allowed':
    'The program could not be started: the policy of this page (Content-Security-Policy) does not allow WebAssembly. ' +
    "Tell whoever runs it: script-src must name 'wasm-unsafe-eval', for the page and for its files.",
  /** For whoever runs the page. */
  'program-not-trusted': ({ url }: { readonly url: string }) =>
    `The program could not be started: this page asks for Trusted Types, and its policy does not let the program start ${url}. ` +
    'Whoever runs the page lists “defect-inspector” and “lit-html” under trusted-types in its Content-Security-Policy.',
  'program-damaged': ({ url }: { readonly url: string }) =>
    `The program could not be started: ${url} has arrived incomplete or changed, or this browser does not run it.${HOST}`,
  'worker-silent': ({ url, seconds }: { readonly url: string; readonly seconds: number }) =>
    `The program could not be started: ${url} has not answered for ${count(seconds, 'second')}. Check the connection, then reload the page.`,
  /** In which the browser hasn't come back from making a thread; `url`: of the worker that asked for it. */
  'thread-not-made': ({ url, seconds }: { readonly url: string; readonly seconds: number }) =>
    `The program could not be started: this browser has made no thread for ${url} in ${count(seconds, 'second')}. Close other pages, then reload this one.`,

  // The runtime and its workers
  'no-simd':
    'This browser has no WebAssembly with SIMD, or it is switched off. Use a current Chrome, Edge, Firefox or Safari.',
  'no-page':
    'Detectors run in web pages: where there are no web workers, as in Node, they can’t be started. Start them in a browser.',
  'not-enough-memory':
    'There is not enough memory for this. Close other pages, or use a smaller photo or fewer workers.',
  /** `newest`: the last one that the runtime knows. */
  'opset-too-new': ({ opset, newest }: { readonly opset: number; readonly newest: number }) =>
    `This model is written for opset ${opset} of ONNX; what runs it here knows those up to ${newest}. Export it again for an older one, such as opset 17.`,
  /** `operator`: its name, after that of its set where it isn't ONNX's own: `Foo`, `com.example:Foo`. */
  'operator-unknown': ({ operator }: { readonly operator: string }) =>
    `This model calculates with the operator “${operator}”, which what runs it here does not have. Export it again with operators of ONNX alone, in float32.`,
  'runtime-refuses-model': ({ text }: { readonly text: string }) =>
    `The runtime in this browser can't run this model. Export it again with another opset, in float32. The reason that the runtime gives: ${sentence(text)}`,
  'model-needs-too-much-memory':
    'This model needs more memory than this browser gives it. Close other pages, or export it for a smaller input.',
  'runtime-failed': ({ text }: { readonly text: string }) =>
    `${sentence(`The runtime failed: ${text}`)} Try again. If that does not help, reload the page or use another model.`,
  'start-took-too-long': ({ milliseconds }: { readonly milliseconds: number }) =>
    `This model was not ready after ${patience(milliseconds)}, and was given up: it may never be. ` +
    'Close other programs and try again, or use another model. Whoever runs this page can allow it more time.',
  'photo-took-too-long': ({ milliseconds }: { readonly milliseconds: number }) =>
    `This photo was not done after ${patience(milliseconds)}, and was given up. ` +
    'Close other programs and try again, inspect a smaller area, or use a faster model. Whoever runs this page can allow more time.',
  'worker-not-started': 'The worker was asked before it was started. Try again.',
  'worker-failed': ({ text }: { readonly text: string }) =>
    `${sentence(`The background worker failed: ${text}`)} Reload the page. If that does not help, use another browser.`,
  /** `text`: what the browser says about it, '' where it says nothing. */
  'worker-stopped': ({ text }: { readonly text: string }) =>
    `The background worker stopped${text ? ` (${text})` : ''}. Try again.`,
  'detector-disposed': 'This detector was disposed of. Create another one.',
};
