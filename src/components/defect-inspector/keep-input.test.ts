import { expect } from '@open-wc/testing';
import type { ImageInput } from '../../detector/types.js';
import { photoPicture } from '../shared/pictures.js';
import { keepInput } from './keep-input.js';

async function png(color: string): Promise<string> {
  const canvas = new OffscreenCanvas(4, 4);
  const context = canvas.getContext('2d')!;
  context.fillStyle = color;
  context.fillRect(0, 0, 4, 4);
  return URL.createObjectURL(await canvas.convertToBlob());
}

async function colorOf(input: ImageInput): Promise<number[]> {
  const { bitmap } = await photoPicture(input, { what: 'whole' });
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  return [...context.getImageData(1, 1, 1, 1).data];
}

const RED = [255, 0, 0, 255];

describe('what is kept of a photo', () => {
  it('is what an image element showed, though it shows another picture later', async () => {
    const [red, blue] = [await png('red'), await png('blue')];
    const image = new Image();
    image.src = red;
    await image.decode();
    const kept = keepInput(image);
    image.src = blue;
    await image.decode();
    expect(await colorOf(kept)).to.deep.equal(RED);
  });

  it('is what a canvas showed', async () => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 4;
    const context = canvas.getContext('2d')!;
    context.fillStyle = 'red';
    context.fillRect(0, 0, 4, 4);
    const kept = keepInput(canvas);
    context.clearRect(0, 0, 4, 4);
    expect(await colorOf(kept)).to.deep.equal(RED);
  });

  it('is the picture of an image element that was still loading', async () => {
    const image = new Image();
    image.loading = 'lazy';
    image.src = await png('red');
    const kept = keepInput(image) as HTMLImageElement;
    image.src = await png('blue');
    await kept.decode();
    expect(await colorOf(kept)).to.deep.equal(RED);
  });

  it('is the picture behind an address, though the address is given up', async () => {
    const address = await png('red');
    const kept = keepInput(address);
    URL.revokeObjectURL(address);
    expect(await colorOf(kept)).to.deep.equal(RED);
  });

  it('is one answer of a camera, for all who want it', async () => {
    const answers = [await png('red'), await png('blue')];
    const original = globalThis.fetch;
    let requests = 0;
    globalThis.fetch = ((address: string, options?: RequestInit) =>
      original(address.endsWith('/camera.png') ? answers[requests++]! : address, options)) as typeof fetch;
    try {
      const kept = keepInput('/camera.png');
      expect(await Promise.all([colorOf(kept), colorOf(kept)])).to.deep.equal([RED, RED]);
      expect(await colorOf(kept)).to.deep.equal(RED);
      expect(requests).to.equal(1);
    } finally {
      globalThis.fetch = original;
    }
  });

  it('is left as it is where it is no photo', () => {
    expect(keepInput(null as unknown as ImageInput)).to.equal(null);
    expect(keepInput('http://[')).to.equal('http://[');
  });
});
