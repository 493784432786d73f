import type { ConformanceCheck } from '../../check.js';
import { expectShape, expectThat } from '../../judging/expect.js';
import { NanoPeer } from './nano-peer.js';
import { ackShape } from './nano-shapes.js';

/** Texts that are not exactly one JSON document (contract 3.3). */
const MALFORMED: readonly (readonly [string, string])[] = [
  ['a trailing comma', '{"action":"ping",}'],
  ['a comment', '{"action":"ping"} // why'],
  ['a comment inside', '{"action":/* why */"ping"}'],
  ['an unquoted name', '{action:"ping"}'],
  ['single quotes', "{'action':'ping'}"],
  ['a leading zero', '{"action":"ping","id":07}'],
  ['text after the document', '{"action":"ping"}x'],
  ['two documents', '{"action":"ping"}{"action":"ping"}'],
  ['half a document', '{"action":"ping"'],
  ['no JSON', 'ping'],
  ['a blank message', '  '],
  ['an empty message', ''],
];

/** Close codes that do as well as no Close frame: known clients reconnect on any of them. */
const TOLERABLE = [1006, 1007, 1008];

/** Contract 3.3: malformed input costs the connection. */
export const malformedChecks: readonly ConformanceCheck[] = [
  ...MALFORMED.map(([what, text]): ConformanceCheck => ({
    ref: 'nano §3.3',
    title: `ends the connection on ${what}, without an answer`,
    async run(context) {
      const { client } = await NanoPeer.connect(context);
      client.send(text);
      const { code } = await client.closed();
      expectThat(TOLERABLE.includes(code), 'the end of the connection, no Close frame', { code });
      expectThat(
        client.received === 0,
        'no answer',
        client.peek().map(({ data }) => String(data)),
      );
    },
  })),
  {
    ref: 'nano §3.3',
    title: 'answers what came before malformed input, and nothing that comes after it',
    async run(context) {
      const { client } = await NanoPeer.connect(context);
      client.send('{"action":"ping","id":"before"}');
      client.send('{"action":"ping",}');
      client.send('{"action":"ping","id":"after"}');
      expectShape(await client.nextJson(), ackShape('pong', 'before'), 'answer');
      await client.closed();
      expectThat(client.pending === 0, 'no further answer', String(client.peek()[0]?.data));
    },
  },
  {
    ref: 'nano §3.3',
    title: 'keeps other connections when one sends malformed input',
    async run(context) {
      const [other, bad] = [await NanoPeer.connect(context), await NanoPeer.connect(context)];
      bad.client.send('{');
      await bad.client.closed();
      await other.ask({ action: 'ping' });
    },
  },
];
