import type { ConformanceCheck } from '../../check.js';
import { expectSame, expectShape, expectThat, readJson } from '../../judging/expect.js';
import { SkipCheck } from '../../judging/outcomes.js';
import { anyText, literal, object } from '../../judging/shape.js';
import type { CheckContext } from '../../runner/check-context.js';
import { EventPeer, latestId, type ChainEvent } from './event-peer.js';
import { EVENT } from './event-shapes.js';

const endpoint = 'event_ws';
const WIDE = 1000;

/** What the driver's actions answer. */
interface Happened {
  readonly vertices: readonly string[];
  readonly events: number;
}

/** Answer of `GET /event`. */
interface EventPage {
  readonly events: readonly ChainEvent[];
  readonly latest_event_id: number;
}

const REFUSED = object({ success: literal(false), error: anyText });

/** Contract 2.4 to 2.9: what events say, in which order they come, and the same over HTTP. */
export const eventContentChecks: readonly ConformanceCheck[] = [
  {
    ref: 'hathor §7.57',
    endpoint,
    title: 'an EVENT message has exactly its members, one server’s and one stream’s throughout',
    async run(context) {
      await latestId(context, 3);
      const peer = await EventPeer.started(context, null, 3);
      const messages = [await peer.next(), await peer.next(), await peer.next()];
      const origins = messages.map(({ peer_id, network, stream_id }) => [
        peer_id,
        network,
        stream_id,
      ]);
      expectSame(origins, [origins[0], origins[0], origins[0]], 'peer_id, network and stream_id');
    },
  },
  {
    ref: 'hathor §7.74',
    endpoint,
    title: 'begins with LOAD_STARTED and the genesis vertices, each without a group',
    async run(context) {
      await latestId(context, 3);
      const peer = await EventPeer.started(context, null, 4);
      const events = await peer.events(4, 0);
      const accepted = 'NEW_VERTEX_ACCEPTED';
      expectSame(
        events.map(({ type, group_id }) => [type, group_id]),
        [['LOAD_STARTED', null], ...[1, 2, 3].map(() => [accepted, null])],
        'the first events',
      );
    },
  },
  {
    ref: 'hathor §7.54',
    endpoint,
    title: 'gives every replayed event the newest id of that moment',
    async run(context) {
      const latest = await latestId(context, 3);
      const peer = await EventPeer.started(context, null, 3);
      for (let count = 0; count < 3; count++) {
        const { latest_event_id: said } = await peer.next();
        expectThat(said >= latest, `latest_event_id of at least ${latest}`, said);
      }
    },
  },
  {
    ref: 'hathor §7.52',
    endpoint,
    title: 'sends new events to every stream that has room',
    needs: ['activity'],
    async run(context) {
      const latest = await latestId(context);
      const peers = [
        await EventPeer.started(context, latest, WIDE),
        await EventPeer.started(context, latest, WIDE),
      ];
      await context.nudge('mine');
      for (const peer of peers) {
        const { event } = await context.activity('event', (options) => peer.next(options));
        expectSame(event.id, latest + 1, 'id of the first new event');
      }
    },
  },
  {
    ref: 'hathor §7.66',
    endpoint,
    title: 'sends no new event to who has not started, has stopped, or has no room',
    needs: ['driver'],
    async run(context) {
      const latest = await latestId(context);
      const idle = await EventPeer.connect(context);
      const full = await EventPeer.started(context, latest, 0);
      await context.drive('mine');
      await idle.expectNothing('without START_STREAM');
      await full.expectNothing('with a window of 0');
    },
  },
  {
    ref: 'hathor §2.8',
    endpoint,
    title: 'announces a new block after the metadata that it changed, its own included',
    needs: ['driver'],
    async run(context) {
      const { happened, events } = await eventsOf(context, 'mine');
      const types = new Set(events.slice(0, -1).map(({ type }) => type));
      expectSame([...types], ['VERTEX_METADATA_CHANGED'], 'types before the block');
      const last = events.at(-1);
      expectSame(last?.type, 'NEW_VERTEX_ACCEPTED', 'type of the last event');
      expectSame(last?.data.hash, happened.vertices[0], 'hash of the last event');
      const own = events.slice(0, -1).filter(({ data }) => data.hash === last?.data.hash);
      expectSame(own.length, 1, 'how often the block’s own metadata changed');
    },
  },
  {
    ref: 'hathor §7.77',
    endpoint,
    title: 'groups a reorg: started with its size, metadata, finished, and then the new block',
    needs: ['driver'],
    async run(context) {
      await context.drive('mine', { blocks: 3 });
      const { events } = await eventsOf(context, 'reorg', { depth: 2 });
      const from = events.findIndex(({ type }) => type === 'REORG_STARTED');
      const to = events.findIndex(({ type }) => type === 'REORG_FINISHED');
      expectThat(from !== -1 && to > from, 'REORG_STARTED and REORG_FINISHED', types(events));
      const group = events[from]?.group_id;
      expectThat(typeof group === 'number', 'a group', group);
      expectSame(
        events.slice(from, to + 1).map(({ group_id }) => group_id),
        Array.from({ length: to + 1 - from }, () => group),
        'group_id of the events of the reorg',
      );
      expectSame(events[from]?.data.reorg_size, 2, 'reorg_size');
      const after = events[to + 1];
      expectSame([after?.type, after?.group_id], ['NEW_VERTEX_ACCEPTED', null], 'what follows');
      expectSame(after?.data.hash, events[from]?.data.new_best_block, 'the new best block');
    },
  },
  {
    ref: 'hathor §7.76',
    endpoint,
    title: 'announces a token after the transaction that creates it',
    needs: ['driver'],
    async run(context) {
      const token = { name: 'Conformance', symbol: 'CNF' };
      const { happened, events } = await eventsOf(context, 'token', token);
      const uid = happened.vertices.at(-1);
      const created = events.at(-1);
      expectSame(created?.type, 'TOKEN_CREATED', 'type of the last event');
      expectSame(
        created?.data,
        {
          token_uid: uid,
          nc_exec_info: null,
          token_name: token.name,
          token_symbol: token.symbol,
          token_version: 1,
        },
        'data',
      );
      const before = events.at(-2);
      expectSame([before?.type, before?.data.hash], ['NEW_VERTEX_ACCEPTED', uid], 'what precedes');
    },
  },
  {
    ref: 'hathor §7.81',
    endpoint,
    title: 'has the same events over HTTP, in pages by position and size',
    async run(context) {
      const latest = await latestId(context, 3);
      const peer = await EventPeer.started(context, null, 3);
      const events = await peer.events(3, 0);
      const pages: readonly (readonly [string, readonly ChainEvent[]])[] = [
        ['?size=3', events],
        ['?size=1', events.slice(0, 1)],
        ['?last_ack_event_id=0&size=2', events.slice(1)],
        ['?last_ack_event_id=0&size=1', events.slice(1, 2)],
        ['?size=0', []],
        [`?last_ack_event_id=${latest + 1_000_000}`, []],
      ];
      for (const [query, wanted] of pages) {
        const page = await get<EventPage>(context, query);
        expectSame(page.events, wanted, `events of ${query}`);
        const said = page.latest_event_id;
        expectThat(said >= latest, `latest_event_id of at least ${latest}`, said);
      }
      const whole = await get<EventPage>(context, '');
      expectSame(whole.events.length, Math.min(100, latest + 1), 'events of a page by default');
      for (const event of whole.events) expectShape(event, EVENT, 'event');
    },
  },
  {
    ref: 'hathor §7.86',
    endpoint,
    title: 'refuses wrong queries over HTTP with status 200 and success false',
    async run(context) {
      const wrong = ['size=1001', 'size=-1', 'size=x', 'size=', 'foo=1', 'last_ack_event_id=-1'];
      for (const query of [...wrong, 'last_ack_event_id=null']) {
        expectShape(await get(context, `?${query}`), REFUSED, `answer to ${query}`);
      }
      const repeated = await get<{ error?: string }>(context, '?size=1&size=2');
      expectSame(
        repeated,
        { success: false, error: 'expected one value at most' },
        'answer to a repeated parameter',
      );
    },
  },
];

const types = (events: readonly ChainEvent[]): string[] => events.map(({ type }) => type);

/** What an action of the driver brings. */
async function eventsOf(
  context: CheckContext,
  action: string,
  body?: object,
): Promise<{ readonly happened: Happened; readonly events: readonly ChainEvent[] }> {
  const latest = await latestId(context);
  const peer = await EventPeer.started(context, latest, WIDE);
  const happened = await context.drive<Happened>(action, body);
  return { happened, events: await peer.events(happened.events, latest + 1) };
}

async function get<T>(context: CheckContext, query: string): Promise<T> {
  const path = new URL('event', context.url).pathname + query;
  const { status, body } = await context.fetch(path);
  if (status === 404) throw new SkipCheck(`${path} is not served here`);
  expectSame(status, 200, `status of ${path}`);
  return readJson<T>(body);
}
