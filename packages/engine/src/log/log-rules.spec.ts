import { describe, expect, it } from '@jest/globals';
import { checkAppend, checkDiscard, checkRead, checkRetention, checkRoom } from './log-rules.js';

describe('the rules of event logs', () => {
  const bytes = new Uint8Array(1);
  const page = { events: 1, bytes: 0 };

  it.each<[string, () => unknown, string, object]>([
    ['an id out of sequence', () => checkAppend([{ id: 5, bytes }], 3, {}), 'STATE', { id: 5, expected: 3 }],
    ['an impossible id', () => checkAppend([{ id: -1, bytes }], 0, {}), 'INVALID', { id: -1 }],
    ['an impossible mark', () => checkAppend([], 0, { ok: 1, far: Infinity }), 'INVALID', { name: 'far' }],
    ['an impossible first id', () => checkDiscard({ epoch: 'a', firstId: 0.5 }), 'INVALID', { id: 0.5 }],
    ['a read from nowhere', () => checkRead(0.5, page, 0), 'INVALID', { from: 0.5 }],
    ['a page of nothing', () => checkRead(0, { events: 0, bytes: 9 }, 0), 'INVALID', { events: 0, bytes: 9 }],
    ['a read of what is gone', () => checkRead(2, page, 3), 'LIMIT', { from: 2, first: 3 }],
    ['retention of nothing', () => checkRetention({ events: 1, bytes: 0 }), 'INVALID', { bytes: 0 }],
  ])('say in details what is wrong with %s', (_, check, code, details) => {
    expect(check).toThrow(expect.objectContaining({ code, details }));
  }); // prettier-ignore

  it('let a log that has more than it may keep go on while it does not grow', () => {
    checkRoom(200, 0, 100);
    checkRoom(200, -1, 100);
    expect(() => checkRoom(200, 1, 100)).toThrow(expect.objectContaining({ code: 'LIMIT' }));
  });
});
