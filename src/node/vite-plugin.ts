/** `defect-inspector/vite`: workers, runtime and models of the package where a page that Vite builds finds them. */
import { readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import type { Plugin } from 'vite';
import { importedPackages, packageFiles } from './package-files.js';

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.json': 'application/json' };

/** For the list of plugins in `vite.config`: nothing else needs to be said. */
export default function defectInspector(): Plugin {
  return {
    name: 'defect-inspector',
    // What is bundled beforehand lies elsewhere than its files. What it imports is bundled at once: found later, it would reload the page.
    config: async () => ({
      optimizeDeps: {
        exclude: ['defect-inspector'],
        include: (await importedPackages()).map((name) => `defect-inspector > ${name}`),
      },
    }),

    /** As they are: Vite would make modules of them. */
    async configureServer({ middlewares, config }) {
      const files = await packageFiles();
      middlewares.use((request, response, next) => {
        const path = decodeURI(request.url ?? '').replace(/[?#].*/, '');
        const file = files.find((one) => path.endsWith(`/lib/${one.path}`));
        if (!file) {
          next();
          return;
        }
        readFile(file.source).then((content) => {
          for (const [name, value] of Object.entries(config.server.headers)) {
            if (value !== undefined) response.setHeader(name, value);
          }
          response.setHeader('content-type', TYPES[posix.extname(path)] ?? 'application/octet-stream');
          response.end(content);
        }, next);
      });
    },

    /** Beside the built module that asks for them. */
    async generateBundle(_options, bundle) {
      const files = await packageFiles();
      const worker = files.find(({ path }) => path.startsWith('assets/inference-'))?.path;
      const folders = Object.values(bundle).flatMap((output) =>
        output.type === 'chunk' && worker && output.code.includes(worker)
          ? [posix.dirname(output.fileName)]
          : [],
      );
      // What is rendered on a server starts no worker there.
      if (this.environment.config.consumer === 'server') return;
      for (const folder of new Set(folders)) {
        for (const { path, source } of files) {
          this.emitFile({
            type: 'asset',
            fileName: posix.join(folder, path),
            source: await readFile(source),
          });
        }
      }
    },
  };
}
