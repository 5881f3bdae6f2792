/** The picture worker: photos for the screen. A page has one, so that decoding never makes it wait. */
import { expose, transfer } from 'comlink';
import { toErrorData } from '../src/core/errors.js';
import { makePicture, type PictureWorkerApi } from '../src/detector/photo/picture.js';
import { announceBegin } from './announce.js';
import { toInspectorError } from './runtime-error.js';

const api: PictureWorkerApi = {
  async picture(file, request) {
    try {
      const value = await makePicture(file, request);
      return transfer({ ok: true, value }, [value.bitmap]);
    } catch (error) {
      return { ok: false, error: toErrorData(toInspectorError(error)) };
    }
  },
};

expose(api);
announceBegin();
