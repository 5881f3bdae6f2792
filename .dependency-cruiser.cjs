/** Imports point one way: app -> components -> queue, detector, model -> core. */
const layer = (name, from, to) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: to },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?|^virtual:|^vite/client$' },
    },
    {
      name: 'core-imports-nothing',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { pathNot: '^src/core/' },
    },
    layer(
      'model-imports-core-only',
      '^src/model/',
      '^(src/(datasets|detector|queue|components|app)|workers)/',
    ),
    layer(
      'datasets-import-core-only',
      '^src/datasets/',
      '^(src/(model|detector|queue|components|app)|workers)/',
    ),
    layer('detector-below-the-interface', '^src/detector/', '^src/(datasets|queue|components|app)/'),
    layer('queue-below-the-interface', '^src/queue/', '^src/(datasets|components|app)/'),
    layer('components-below-the-page', '^src/components/', '^src/app/'),
    // Elements get their detector handed in, so that they can be tested with a fake one.
    layer(
      'components-never-load-the-runtime',
      '^src/components/',
      '^(workers/|src/detector/create-detector|node_modules/onnxruntime-web)',
    ),
    layer('workers-never-see-the-interface', '^workers/', '^src/(components|app|queue)/'),
    {
      name: 'only-the-worker-loads-the-runtime',
      severity: 'error',
      from: { path: '^src/' },
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
