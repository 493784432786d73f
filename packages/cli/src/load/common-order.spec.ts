import { describe, expect, it } from '@jest/globals';
import { CommonOrder } from './common-order.js';

describe('CommonOrder', () => {
  const play = (order: CommonOrder, keys: string) => {
    const client = order.join();
    return [...keys].flatMap((key) => client.take(key).map(({ kind, count }) => [kind, count]));
  };

  it('has nothing to say of clients that get the same, from wherever they join', () => {
    const order = new CommonOrder();
    expect(play(order, 'abcd')).toEqual([]);
    expect(play(order, 'abcd')).toEqual([]);
    expect(play(order, 'cde')).toEqual([]);
    expect(play(order, 'e')).toEqual([]);
    expect(play(order, 'f')).toEqual([]);
  });

  it('sees what one client missed', () => {
    const order = new CommonOrder();
    expect(play(order, 'abcdef')).toEqual([]);
    expect(play(order, 'abe')).toEqual([['gap', 2]]);
    expect(play(order, 'abef')).toEqual([['gap', 2]]);
  });

  it('sees what comes to one client twice or in another place', () => {
    const order = new CommonOrder();
    expect(play(order, 'abcdef')).toEqual([]);
    expect(play(order, 'aabc')).toEqual([['disorder', undefined]]);
    expect(play(order, 'acbd')).toEqual([
      ['gap', 1],
      ['disorder', undefined],
    ]);
  });

  it('bears messages that come to everybody again', () => {
    const order = new CommonOrder();
    expect(play(order, 'abcab')).toEqual([]);
    expect(play(order, 'cab')).toEqual([]);
    const early = order.join();
    early.take('b');
    expect(early.take('d')).toEqual([]);
  });

  it('goes on when it has forgotten the beginning', () => {
    const order = new CommonOrder(4);
    const [one, two] = [order.join(), order.join()];
    for (const key of 'abcdefghij') {
      expect(one.take(key)).toEqual([]);
      expect(two.take(key)).toEqual([]);
    }
    expect(one.take('x')).toEqual([]);
    expect(one.take('y')).toEqual([]);
    expect(two.take('y')).toMatchObject([{ kind: 'gap', count: 1 }]);
  });
});
