import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Fifo } from './fifo.js';

describe('Fifo', () => {
  it('is an array whose first item leaves first', () => {
    const step = fc.constantFrom('push', 'push', 'push', 'shift', 'shift', 'clear');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100, size: 'max' }), (steps) => {
        const fifo = new Fifo<{ n: number }>();
        let model: { n: number }[] = [];
        for (const [n, does] of steps.entries()) {
          if (does === 'push') {
            fifo.push({ n });
            model.push({ n });
          } else if (does === 'shift') expect(fifo.shift()).toEqual(model.shift());
          else {
            fifo.clear();
            model = [];
          }
          expect(fifo.size).toBe(model.length);
          expect(fifo.peek()).toEqual(model[0]);
        }
      }),
    );
  });
});
