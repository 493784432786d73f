import { beforeEach, describe, expect, it } from '@jest/globals';
import { LiveLedger } from './live-ledger.js';
import type { Publication } from './publication.js';
import { Tape } from './tape.js';

const SECOND = 1_000_000;
const FOR_EVER = Infinity;

describe('a ledger of a live connection', () => {
  let tape: Tape;
  let delivered: [key: string, receivedAt: number][];

  beforeEach(() => {
    tape = new Tape(0);
    delivered = [];
  });

  const publish = (at: number, ...keys: readonly string[]): void => {
    for (const key of keys) tape.add({ stream: 'basalt', key, at });
  };
  const open = (at: number, wants: (publication: Publication) => boolean = () => true) => {
    const ledger = new LiveLedger({
      tape,
      openedAt: at,
      wants,
      onDelivery: ({ key }, receivedAt) => delivered.push([key, receivedAt]),
    });
    ledger.ready(at);
    return ledger;
  };
  const receive = (ledger: LiveLedger, ...keys: readonly string[]): void => {
    for (const key of keys) ledger.receive(key, 50 * SECOND);
  };

  it('finds nothing wrong with everything once and in order', () => {
    const ledger = open(10 * SECOND);
    publish(11 * SECOND, 'a', 'b', 'c');
    receive(ledger, 'a', 'b', 'c');
    expect(ledger.settle(FOR_EVER)).toEqual([]);
    expect(ledger.missing()).toBeUndefined();
    expect(delivered.map(([key]) => key)).toEqual(['a', 'b', 'c']);
  });

  it('says what was missed when the next one comes, and goes on from there', () => {
    const ledger = open(10 * SECOND);
    publish(11 * SECOND, 'a', 'b', 'c', 'd');
    receive(ledger, 'a', 'c', 'd');
    expect(ledger.settle(FOR_EVER)).toEqual([{ kind: 'missed', expected: 'b', got: 'c' }]);
    expect(ledger.missing()).toBeUndefined();
  });

  it('says what was missed at the end', () => {
    const ledger = open(10 * SECOND);
    publish(11 * SECOND, 'a', 'b');
    receive(ledger, 'a');
    expect(ledger.settle(FOR_EVER)).toEqual([]);
    expect(ledger.missing()).toMatchObject({ kind: 'missed', expected: 'b' });
  });

  it('says what came twice', () => {
    const ledger = open(10 * SECOND);
    publish(11 * SECOND, 'a', 'b');
    receive(ledger, 'a', 'a', 'b');
    expect(ledger.settle(FOR_EVER)).toEqual([
      { kind: 'doubled or out of order', expected: 'b', got: 'a' },
    ]);
  });

  it('says what came in another order', () => {
    const ledger = open(10 * SECOND);
    publish(11 * SECOND, 'a', 'b');
    receive(ledger, 'b', 'a');
    expect(ledger.settle(FOR_EVER)).toEqual([
      { kind: 'missed', expected: 'a', got: 'b' },
      { kind: 'doubled or out of order', expected: 'nothing', got: 'a' },
    ]);
  });

  it('says what was never published', () => {
    const ledger = open(10 * SECOND);
    publish(11 * SECOND, 'a');
    receive(ledger, 'x', 'a');
    expect(ledger.settle(FOR_EVER)).toEqual([{ kind: 'never published', expected: 'a', got: 'x' }]);
  });

  it('waits for the tape with what came after it was read', () => {
    const ledger = open(10 * SECOND);
    ledger.receive('a', 12 * SECOND);
    expect(ledger.settle(11 * SECOND)).toEqual([]);
    expect(ledger.isPending).toBe(true);
    publish(11 * SECOND, 'a');
    expect(ledger.settle(13 * SECOND)).toEqual([]);
    expect(ledger.isPending).toBe(false);
  });

  it('asks neither for what was published before the connection was there nor against it', () => {
    publish(9 * SECOND, 'a', 'b');
    const ledger = open(10 * SECOND);
    publish(11 * SECOND, 'c');
    // Published before, and stored and announced after.
    receive(ledger, 'b', 'c');
    expect(ledger.settle(FOR_EVER)).toEqual([]);
    expect(ledger.missing()).toBeUndefined();
  });

  it('lets what is old pass only where that may be, and only if it is older than the connection', () => {
    publish(3 * SECOND, 'a');
    const ledger = open(10 * SECOND);
    publish(11 * SECOND, 'b');
    ledger.receive('a', 12 * SECOND, true);
    ledger.receive('b', 12 * SECOND, true);
    expect(ledger.settle(FOR_EVER)).toEqual([]);
    ledger.receive('a', 13 * SECOND);
    ledger.receive('b', 13 * SECOND, true);
    expect(ledger.settle(FOR_EVER)).toMatchObject([{ got: 'a' }, { got: 'b' }]);
  });

  it('asks for nothing that the client does not want, and says when it comes', () => {
    const ledger = open(10 * SECOND, ({ key }) => key !== 'b');
    publish(11 * SECOND, 'a', 'b', 'c');
    receive(ledger, 'a', 'c');
    expect(ledger.settle(FOR_EVER)).toEqual([]);
    publish(12 * SECOND, 'b');
    receive(ledger, 'b');
    expect(ledger.settle(FOR_EVER)).toMatchObject([{ kind: 'doubled or out of order', got: 'b' }]);
  });
});
