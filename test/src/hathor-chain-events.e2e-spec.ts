/** What happens on the running chain, as events (contract 2.6 to 2.8), driven through the control endpoint. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { range, type HathorEvent } from './support/event-frame.js';
import { SamplePool } from './support/sample-pool.js';
import type { ActionAnswer, SampleProcess } from './support/sample-process.js';

describe('events of the running chain', () => {
  const samples = new SamplePool();
  let sample: SampleProcess;

  beforeAll(async () => {
    sample = await samples.start(['--log', 'memory']);
    await sample.control('mine', { blocks: 10 });
  });
  afterAll(() => samples.endAll());

  /** Events after `last`, up to 1000. */
  async function eventsAfter(last: number): Promise<readonly HathorEvent[]> {
    const query = last < 0 ? '?size=1000' : `?size=1000&last_ack_event_id=${last}`;
    return (await sample.get<{ events: readonly HathorEvent[] }>(query)).body.events;
  }

  /** What an action brought. */
  async function after(
    action: string,
    body: object = {},
  ): Promise<{ answer: ActionAnswer; events: readonly HathorEvent[] }> {
    const { latest_event_id: last } = await sample.status();
    const answer = await sample.control(action, body);
    const events = await eventsAfter(last);
    expect(events).toHaveLength(answer.events);
    return { answer, events };
  }

  const types = (events: readonly HathorEvent[]): string[] => events.map(({ type }) => type);

  it('hathor §7.74 a load is LOAD_STARTED, three NEW_VERTEX_ACCEPTED, LOAD_FINISHED', async () => {
    expect(types((await eventsAfter(-1)).slice(0, 5))).toEqual([
      'LOAD_STARTED',
      'NEW_VERTEX_ACCEPTED',
      'NEW_VERTEX_ACCEPTED',
      'NEW_VERTEX_ACCEPTED',
      'LOAD_FINISHED',
    ]);
  });

  it('hathor §7.74 every event of a reorg has its group id, and the next reorg has the next one', async () => {
    const groups = async (): Promise<number> => {
      const { events } = await after('reorg', { depth: 2 });
      const from = events.findIndex(({ type }) => type === 'REORG_STARTED');
      const to = events.findIndex(({ type }) => type === 'REORG_FINISHED');
      const group = events[from]?.group_id;
      expect(group).not.toBeNull();
      expect(to).toBeGreaterThan(from);
      expect(events.map(({ group_id }) => group_id)).toEqual(
        events.map((_, index) => (from <= index && index <= to ? group : null)),
      );
      return group ?? -1;
    };
    const first = await groups();
    expect(await groups()).toBe(first + 1);
  });

  it('hathor §7.75 a reorg cannot start inside a group, or finish when none is open', async () => {
    const best = (await sample.status()).best_block?.hash;
    const data = {
      reorg_size: 1,
      previous_best_block: best,
      new_best_block: best,
      common_block: best,
    };
    const finish = { type: 'reorg.finished', data: {} };
    expect(await sample.post('event', finish)).toMatchObject({ status: 409 });
    const { latest_event_id: last } = await sample.status();
    await sample.control('event', { type: 'reorg.started', data });
    expect(await sample.post('event', { type: 'reorg.started', data })).toMatchObject({
      status: 409,
      body: { message: expect.stringContaining('still open') },
    });
    await sample.control('event', finish);
    expect(await sample.post('event', finish)).toMatchObject({ status: 409 });
    expect(types(await eventsAfter(last))).toEqual(['REORG_STARTED', 'REORG_FINISHED']);
  });

  it.each([
    ['vertex.accepted', {}],
    ['reorg.started', { reorg_size: -1 }],
    ['contract.event', { vertex_id: 5 }],
    ['token.created', []],
    ['no.such.event', {}],
  ])('hathor §7.73 data of the wrong kind cannot be stored: %s %p', async (type, data) => {
    const { latest_event_id: last } = await sample.status();
    expect(await sample.post('event', { type, data })).toMatchObject({ status: 400 });
    expect((await sample.status()).latest_event_id).toBe(last);
  });

  it('hathor §7.76 a token-creation transaction yields one TOKEN_CREATED, after its acceptance', async () => {
    const { answer, events } = await after('token', { name: 'Sluice', symbol: 'SLC' });
    expect(types(events).slice(-2)).toEqual(['NEW_VERTEX_ACCEPTED', 'TOKEN_CREATED']);
    expect(types(events).filter((type) => type === 'TOKEN_CREATED')).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({
      group_id: null,
      data: {
        token_uid: answer.vertices.at(-1),
        nc_exec_info: null,
        token_name: 'Sluice',
        token_symbol: 'SLC',
        token_version: 1,
      },
    });
  });

  it('hathor §7.80 spent outputs are entries of index and tx_ids', async () => {
    const { answer, events } = await after('transfer');
    const [tx] = answer.vertices;
    const spent = events.find(
      ({ type, data }) => type === 'VERTEX_METADATA_CHANGED' && data.hash !== tx,
    );
    expect(spent?.data.metadata?.spent_outputs).toContainEqual({
      index: expect.any(Number),
      tx_ids: [tx],
    });
  });

  it('hathor §7.78 ids have no gaps, whatever happens on the chain', async () => {
    for (const action of ['transfer', 'double-spend', 'reorg', 'step', 'mine', 'token', 'step']) {
      await sample.control(action, action === 'token' ? { name: 'Another', symbol: 'ANO' } : {});
    }
    const events = await eventsAfter(-1);
    const { latest_event_id: last } = await sample.status();
    expect(events.map(({ id }) => id)).toEqual(range(0, last));
  });
});

describe('a reorg', () => {
  const samples = new SamplePool();
  afterAll(() => samples.endAll());

  it('hathor §7.77 of two blocks: start, old blocks newest first, new block, finish, acceptance', async () => {
    const sample = await samples.start(['--log', 'memory']);
    const { vertices } = await sample.control('mine', { blocks: 10 });
    const { latest_event_id: last } = await sample.status();
    const { vertices: heavier } = await sample.control('reorg', { depth: 2 });
    const { events } = (
      await sample.get<{ events: readonly HathorEvent[] }>(`?last_ack_event_id=${last}`)
    ).body;
    const start = events.findIndex(({ type }) => type === 'REORG_STARTED');
    const [common, older, newest] = vertices.slice(-3);
    const best = heavier.at(-1);
    expect(events.slice(start).map(({ type, group_id }) => [type, group_id])).toEqual([
      ['REORG_STARTED', 0],
      ['VERTEX_METADATA_CHANGED', 0],
      ['VERTEX_METADATA_CHANGED', 0],
      ...heavier.map(() => ['VERTEX_METADATA_CHANGED', 0]),
      ['REORG_FINISHED', 0],
      ['NEW_VERTEX_ACCEPTED', null],
    ]);
    const [started, first, second, third] = events.slice(start);
    expect(started?.data).toEqual({
      reorg_size: 2,
      previous_best_block: newest,
      new_best_block: best,
      common_block: common,
    });
    expect([first?.data.hash, second?.data.hash, third?.data.hash]).toEqual([newest, older, best]);
    expect(first?.data.metadata?.voided_by).toEqual([newest]);
    expect(events.at(-1)?.data.hash).toBe(best);
    expect((await sample.status()).best_block?.hash).toBe(best);
  });
});
