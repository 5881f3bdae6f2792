/** The picture worker: photos for the screen. A page has one, so that decoding never makes it wait. */
import { expose, transfer } from 'comlink';
import { makePicture, type PictureWorkerApi } from '../src/detector/photo/picture.js';
import { announceBegin } from './announce.js';
import { toResult } from './to-result.js';

const api: PictureWorkerApi = {
  async picture(file, request) {
    const result = await toResult(makePicture(file, request));
    return result.ok ? transfer(result, [result.value.bitmap]) : result;
  },
};

expose(api);
announceBegin();
