import { copyFile, mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text } from '../../messages/cli-text.js';
import { packageFiles } from '../package-files.js';
import { UsageError, type Command } from './command.js';

/**
 * Workers, runtime and models into a folder that a page's host serves. What an earlier version has put there stays: pages that are open use
 * it.
 */
export const copyAssets: Command = {
  ...text.copyAssets.help,
  async run(args, print) {
    const [folder, ...others] = args;
    if (!folder || folder.startsWith('-') || others.length > 0)
      throw new UsageError(text.copyAssets.oneFolder);
    const found = await stat(folder).catch(() => undefined);
    if (found && !found.isDirectory()) throw new UsageError(text.copyAssets.noFolder({ folder }));
    const files = await packageFiles();
    for (const { path, source } of files) {
      const target = join(folder, path);
      await mkdir(dirname(target), { recursive: true });
      await copyFile(source, target);
    }
    print(text.copyAssets.done({ files: files.length, folder }));
  },
};
