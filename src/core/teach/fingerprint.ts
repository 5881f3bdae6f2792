import type { Mark } from './lesson.js';

/** FNV-1a (Fowler, Noll and Vo) over whole numbers: 32 bits. */
export class Fingerprint {
  private hash = 0x811c9dc5;

  add(values: ArrayLike<number>): void {
    for (let i = 0; i < values.length; i++) this.hash = Math.imul(this.hash ^ values[i]!, 0x01000193);
  }

  addMarks(marks: readonly Mark[]): void {
    for (const { classId, region } of marks) {
      this.add([classId, region.x, region.y, region.width, region.height]);
      this.add(region.counts);
    }
  }

  get value(): number {
    return this.hash >>> 0;
  }
}
