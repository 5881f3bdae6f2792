import { describe, expect, it } from 'vitest';
import { openDetector } from '../../../src/detector/open-detector.js';
import { METADATA } from '../model/onnx-builder.js';
import { failure, fakeEnvironment, photo, startReply } from './fake-worker.js';

const URL_OF_MODEL = 'https://elsewhere.test/a.onnx';

describe('hints', () => {
  it.each([
    ['https://elsewhere.test/models/a', undefined, { name: 'a' }],
    [new URL('https://elsewhere.test/my%20b.onnx?x=1'), undefined, { name: 'my b' }],
    [new File(['12345678'], 'own.ONNX'), undefined, { name: 'own' }],
    [new File(['12345678'], 'own.onnx'), { name: 'Dents' }, { name: 'Dents' }],
    [new Blob(['12345678']), { shortSide: 320 }, { shortSide: 320 }],
    [new Blob(['12345678']), undefined, undefined],
  ])('of %s and %j are %j', async (model, hints, expected) => {
    const { environment, workers } = fakeEnvironment();
    await openDetector({ model, ...(hints && { hints }) }, environment);
    const source = workers[0]!.requests[0]!.model;
    expect('hints' in source ? source.hints : undefined).toEqual(expected);
  });

  it('go to a replaced worker too, but not to the shipped model', async () => {
    const { environment, workers } = fakeEnvironment({
      inspect: (_, __, index) => (index === 0 ? failure('worker-crashed') : undefined),
    });
    const hints = { classes: ['dent'], shortSide: 320 };
    const detector = await openDetector({ model: URL_OF_MODEL, hints }, environment);
    await detector.inspect(photo('a'));
    expect(workers.map(({ requests }) => requests[0]!.model)).toMatchObject([
      { kind: 'url', hints: { ...hints, name: 'a' } },
      { kind: 'bytes', hints: { ...hints, name: 'a' } },
    ]);
    await openDetector({ hints }, environment);
    expect(workers.at(-1)!.requests[0]!.model).not.toHaveProperty('hints');
  });

  it('that change what a file is made into make photos be inspected anew', async () => {
    const { environment, workers } = fakeEnvironment({
      start: (request) => {
        const hints = request.model.kind === 'file' ? request.model.hints : undefined;
        const classes = [{ id: 1, name: hints?.classes?.[0] ?? 'class 1' }];
        const input = { ...METADATA.input, shortSide: hints?.shortSide ?? METADATA.input.shortSide };
        return startReply(request, { metadata: { ...METADATA, classes, input } });
      },
    });
    const model = new File(['12345678'], 'own.onnx');
    const looks = [
      { classes: ['dent'] },
      { classes: ['scratch'] },
      { classes: ['dent'], shortSide: 320 },
      { classes: ['dent'] },
    ];
    for (const hints of looks) {
      const detector = await openDetector({ model, hints }, environment);
      expect((await detector.inspect(photo('same'))).model.classes[0]!.name).toBe(hints.classes[0]);
    }
    expect(workers.map(({ photos }) => photos.length)).toEqual([1, 1, 1, 0]);
  });
});
