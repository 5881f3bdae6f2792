/** Imports point one way: app, node -> components -> workbench -> detector, model, datasets, runtime -> core -> messages. */
const ROOMS = [
  'messages',
  'core',
  'model',
  'datasets',
  'runtime',
  'detector',
  'embed',
  'workbench',
  'components',
  'app',
  'node',
];
/** What each room may import, besides itself. */
const MAY = {
  messages: [],
  core: ['messages'],
  model: ['core', 'messages'],
  datasets: ['core', 'messages'],
  runtime: ['core', 'messages'],
  detector: ['core', 'model', 'messages'],
  embed: ['core', 'messages'],
  workbench: ['core', 'model', 'datasets', 'detector', 'messages'],
  components: ['core', 'model', 'datasets', 'detector', 'workbench', 'messages'],
  app: ROOMS.filter((room) => room !== 'runtime'),
  node: ['core', 'model', 'datasets', 'runtime', 'detector', 'workbench', 'messages'],
};

const rooms = ROOMS.map((room) => ({
  name: `${room}-imports-only-what-lies-below`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: {
    path: `^src/(${ROOMS.filter((other) => other !== room && !MAY[room].includes(other)).join('|') || '-'})/`,
  },
}));

module.exports = {
  forbidden: [
    ...rooms,
    {
      name: 'a-language-is-reached-through-the-index-of-messages',
      severity: 'error',
      from: { path: '^(src|workers)/', pathNot: '^src/messages/' },
      to: { path: '^src/messages/[^/]+/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?|^virtual:|^vite/client$' },
    },
    {
      name: 'core-needs-no-package',
      severity: 'error',
      from: { path: '^src/(core|messages)/' },
      to: { pathNot: '^src/(core|messages)/' },
    },
    {
      name: 'the-workbench-has-no-views',
      severity: 'error',
      from: { path: '^src/(messages|core|model|datasets|runtime|detector|workbench|node)/' },
      to: { path: 'node_modules/(lit|@lit)' },
    },
    // Elements get their detector handed in, so that they can be tested with a fake one.
    {
      name: 'nobody-but-the-entry-makes-workers',
      severity: 'error',
      from: { path: '^src/(components|workbench)/' },
      to: { path: '^(workers/|src/detector/create-detector|node_modules/onnxruntime-web)' },
    },
    // Of a worker, only its address is taken.
    {
      name: 'src-imports-no-worker',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/detector/assets\\.ts$' },
      to: { path: '^workers/' },
    },
    {
      name: 'workers-never-see-the-interface',
      severity: 'error',
      from: { path: '^workers/' },
      to: { path: '^src/(components|app|node)/' },
    },
    {
      name: 'only-the-session-loads-the-runtime',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(runtime|node)/' },
      to: { path: 'node_modules/onnxruntime-web', pathNot: 'ort-wasm' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: '\\.test\\.ts$' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'module', 'default'] },
  },
};
