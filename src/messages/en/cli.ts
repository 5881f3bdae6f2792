/** What the command `npx defect-inspector` says. */
import { count } from './numbers.js';

export const cli = {
  commands: 'Commands:',
  unknown: ({ name }: { readonly name: string }) => `There is no command “${name}”.`,
  failed: ({ name, why }: { readonly name: string; readonly why: string }) =>
    `“${name}” could not be done: ${why}`,
  copyAssets: {
    help: {
      usage: 'DIR',
      summary: 'copies workers, runtime and models to a folder that your host serves',
    },
    oneFolder: 'Name one folder to copy to.',
    noFolder: ({ folder }: { readonly folder: string }) => `“${folder}” is a file. Name a folder.`,
    done: ({ files, folder }: { readonly files: number; readonly folder: string }) =>
      `Copied ${count(files, 'file')} to ${folder}. Name the address at which your host serves that folder: ` +
      '<defect-inspector assets="/defect-inspector/"> or createDetector({ assets: "/defect-inspector/" }).',
  },
};
