import type { ConformanceCheck } from '../../check.js';
import { expectSame, expectShape, expectThat, readJson } from '../../judging/expect.js';
import { SkipCheck } from '../../judging/outcomes.js';
import { NanoPeer } from './nano-peer.js';
import { ackShape, TOPIC_SHAPES } from './nano-shapes.js';

const SUBSCRIBE = { action: 'subscribe', topic: 'confirmation' };

/** The `id` as it stands in the request, and as it must come back. */
const IDS: readonly (readonly [string, string | undefined])[] = [
  ['"a text"', 'a text'],
  ['5', '5'],
  ['true', 'true'],
  ['null', 'null'],
  ['1.50', '1.50'],
  ['12345678901234567890123', '12345678901234567890123'],
  ['""', undefined],
  ['{"a":"b"}', undefined],
  ['["a"]', undefined],
];

/** The `ack` as it stands in the request, and whether it reads as true. */
const ACKS: readonly (readonly [string, boolean])[] = [
  ['true', true],
  ['"true"', true],
  ['1', true],
  ['" 1 "', true],
  ['false', false],
  ['"True"', false],
  ['"yes"', false],
  ['2', false],
  ['""', false],
  ['null', false],
  ['{}', false],
];

const IGNORED: readonly string[] = [
  '[]',
  '"text"',
  '5',
  'null',
  '{}',
  '{"topic":"confirmation","ack":true}',
  '{"action":"dance","topic":"confirmation","ack":true}',
  '{"action":"Subscribe","topic":"confirmation","ack":true}',
  '{"action":["subscribe"],"topic":"confirmation","ack":true}',
  '{"action":" subscribe","topic":"confirmation","ack":true}',
  '{"action":"subscribe","ack":true}',
  '{"action":"subscribe","topic":"votes","ack":true}',
  '{"action":"subscribe","topic":"new_block_arrived","ack":true}',
  '{"action":"subscribe","topic":"Confirmation","ack":true}',
  '{"action":"unsubscribe","topic":"votes","ack":true}',
  '{"action":"update","topic":"votes","options":{},"ack":true}',
];

/** Contract 3.2, 3.3 and 4: what is asked and acknowledged. */
export const requestChecks: readonly ConformanceCheck[] = [
  {
    ref: 'nano §11.26',
    title: 'answers the action ping, whatever ack says, and echoes its id',
    async run(context) {
      const { client } = await NanoPeer.connect(context);
      client.send('{"action":"ping"}');
      expectShape(await client.nextJson(), ackShape('pong'), 'answer');
      client.send('{"action":"ping","ack":false,"id":"7","topic":"x","options":[]}');
      expectShape(await client.nextJson(), ackShape('pong', '7'), 'answer');
    },
  },
  {
    ref: 'nano §4.2',
    title: 'echoes an id as it was written, always as a text',
    async run(context) {
      const { client } = await NanoPeer.connect(context);
      for (const [written, echoed] of IDS) {
        client.send(`{"action":"ping","id":${written}}`);
        expectShape(await client.nextJson(), ackShape('pong', echoed), `answer to id ${written}`);
      }
    },
  },
  {
    ref: 'nano §4.2',
    title: 'acknowledges exactly when ack reads as true',
    async run(context) {
      const peer = await NanoPeer.connect(context);
      for (const [written, isAsked] of ACKS) {
        const request = `{"action":"unsubscribe","topic":"work","ack":${written}}`;
        if (!isAsked) await peer.expectIgnored(request);
        else {
          peer.client.send(request);
          expectShape(await peer.nextAck(), ackShape('unsubscribe'), `answer to ack ${written}`);
        }
      }
    },
  },
  {
    ref: 'nano §11.2',
    title: 'acknowledges a subscribe, and the same again',
    async run(context) {
      const peer = await NanoPeer.connect(context);
      await peer.ask(SUBSCRIBE);
      await peer.ask(SUBSCRIBE);
    },
  },
  {
    ref: 'nano §11.4',
    title: 'acknowledges an unsubscribe, subscribed or not',
    async run(context) {
      const peer = await NanoPeer.connect(context);
      await peer.ask(SUBSCRIBE);
      await peer.ask({ ...SUBSCRIBE, action: 'unsubscribe' });
      await peer.ask({ ...SUBSCRIBE, action: 'unsubscribe' });
    },
  },
  {
    ref: 'nano §4.1',
    title: 'answers the requests of one connection in their order',
    async run(context) {
      const { client } = await NanoPeer.connect(context);
      const ids = Array.from({ length: 30 }, (_, index) => `in order ${index}`);
      for (const [index, id] of ids.entries()) {
        const action = ['ping', 'subscribe', 'unsubscribe'][index % 3];
        client.send({ action, topic: 'work', ack: true, id });
      }
      const seen: unknown[] = [];
      while (seen.length < ids.length) {
        const { id } = await client.nextJson<{ id?: string }>();
        if (id !== undefined) seen.push(id);
      }
      expectSame(seen, ids, 'ids of the answers');
    },
  },
  {
    ref: 'nano §6',
    title: 'knows every topic, the name ack too',
    async run(context) {
      const peer = await NanoPeer.connect(context);
      const topics = Object.keys(TOPIC_SHAPES).filter((topic) => topic !== 'active_difficulty');
      for (const topic of [...topics, 'ack']) await peer.ask({ action: 'subscribe', topic });
    },
  },
  {
    ref: 'nano §6.4',
    title: 'knows the topic active_difficulty',
    async run(context) {
      const { client } = await NanoPeer.connect(context);
      client.send({ action: 'subscribe', topic: 'active_difficulty', ack: true });
      client.send({ action: 'ping' });
      const { ack } = await client.nextJson<{ ack?: string }>();
      if (ack === 'pong' && context.compat !== 'published') {
        throw new SkipCheck('nodes from V22 on do not know it');
      }
      expectSame(ack, 'subscribe', 'ack');
    },
  },
  {
    ref: 'nano §3.3',
    title: 'ignores what is no object, and unknown actions and topics, also with ack',
    async run(context) {
      const peer = await NanoPeer.connect(context);
      await peer.expectIgnored(...IGNORED);
    },
  },
  {
    ref: 'nano §3.2',
    title:
      'ignores unknown members, takes the first of two equal ones, tolerates a byte order mark',
    async run(context) {
      const { client } = await NanoPeer.connect(context);
      client.send('{"x":[1,{"y":null}],"action":"ping","action":"dance","id":"1","id":"2"}');
      expectShape(await client.nextJson(), ackShape('pong', '1'), 'answer');
      client.send('\ufeff{"action":"ping","id":"3"}');
      expectShape(await client.nextJson(), ackShape('pong', '3'), 'answer');
    },
  },
  {
    ref: 'nano §3.1',
    title: 'writes the time of an acknowledgement in milliseconds, about now',
    async run(context) {
      const { client } = await NanoPeer.connect(context);
      client.send('{"action":"ping"}');
      const { time } = readJson<{ time: string }>(await client.next());
      const hour = 3_600_000;
      const isNow = Math.abs(Number(time) - Date.now()) < 24 * hour;
      expectThat(isNow, 'a time within a day of this machine’s', time);
    },
  },
  {
    ref: 'nano §11.14',
    title: 'acknowledges a subscribe with empty options, and an update of it',
    async run(context) {
      const peer = await NanoPeer.subscribed(context, 'confirmation', {});
      await peer.ask({
        action: 'update',
        topic: 'confirmation',
        options: {
          accounts_add: ['nano_1111111111111111111111111111111111111111111111111111hifc8npp'],
        },
      });
      await peer.ask({ action: 'update', topic: 'confirmation', options: {} });
    },
  },
  {
    ref: 'nano §4.4',
    title: 'leaves updates that cannot be unanswered',
    async run(context) {
      const update = (topic: string, options = ',"options":{"accounts_add":[]}'): string =>
        `{"action":"update","topic":"${topic}","ack":true${options}}`;
      const peer = await NanoPeer.connect(context);
      await peer.expectIgnored(update('confirmation'));
      await peer.ask({ action: 'subscribe', topic: 'work' });
      await peer.expectIgnored(update('work'));
      await peer.ask({ action: 'subscribe', topic: 'vote', options: {} });
      await peer.expectIgnored(update('vote'));
      await peer.ask(SUBSCRIBE);
      await peer.expectIgnored(update('confirmation'));
      await peer.ask({ ...SUBSCRIBE, options: {} });
      await peer.expectIgnored(update('confirmation', ''));
    },
  },
];
