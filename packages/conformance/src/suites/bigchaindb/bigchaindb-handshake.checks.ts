import type { ConformanceCheck } from '../../check.js';
import { expectSame } from '../../judging/expect.js';
import { grantsHandshake, ignoresOrigin, servesPath } from '../transport.js';

const SECTION = { ref: 'bigchaindb §4' };

/** Contract 4. */
export const handshakeChecks: readonly ConformanceCheck[] = [
  grantsHandshake({ ref: 'bigchaindb §15.6' }),
  ignoresOrigin(SECTION),
  servesPath(SECTION, 'ignores a query string', (path) => `${path}?from=1`),
  {
    ...SECTION,
    title: 'selects no sub-protocol, and at most the compression that is offered',
    async run(context) {
      const { status, headers } = await context.handshake({
        headers: {
          'Sec-WebSocket-Protocol': 'one, two',
          'Sec-WebSocket-Extensions': 'permessage-deflate',
        },
      });
      expectSame(status, 101, 'status');
      expectSame(headers['sec-websocket-protocol'], undefined, 'Sec-WebSocket-Protocol');
      const [extension = 'permessage-deflate'] =
        headers['sec-websocket-extensions']?.split(';') ?? [];
      expectSame(extension, 'permessage-deflate', 'Sec-WebSocket-Extensions');
    },
  },
  {
    ref: 'bigchaindb §15.7',
    title: 'answers an upgrade on any other path with 404',
    async run(context) {
      const { pathname } = context.url;
      for (const path of ['/', '/api/v1/streams/nothing', `${pathname}/more`]) {
        expectSame((await context.handshake({}, path)).status, 404, `status of ${path}`);
      }
    },
  },
  {
    ref: 'bigchaindb §15.7',
    title: 'minds letter case and a final slash of the path',
    async run(context) {
      const { pathname } = context.url;
      for (const path of [`${pathname}/`, pathname.toUpperCase()]) {
        expectSame((await context.handshake({}, path)).status, 404, `status of ${path}`);
      }
    },
  },
  {
    ref: 'bigchaindb §15.8',
    title: 'answers a plain GET on the stream path with 400',
    async run(context) {
      expectSame((await context.fetch()).status, 400, 'status');
    },
  },
  {
    ...SECTION,
    title: 'answers other methods with 405 and the methods that are allowed',
    async run(context) {
      for (const method of ['POST', 'PUT', 'DELETE']) {
        const { status, headers } = await context.fetch(undefined, { method });
        expectSame(status, 405, `status of ${method}`);
        const allowed = headers.allow?.split(',').map((name) => name.trim());
        expectSame(allowed, ['GET', 'HEAD'], 'Allow');
      }
    },
  },
  {
    ...SECTION,
    title: 'answers a broken handshake with 400: upgrade, connection, version, key',
    async run(context) {
      const broken: readonly Readonly<Record<string, string | undefined>>[] = [
        { Upgrade: 'h2c' },
        { Connection: 'keep-alive' },
        { 'Sec-WebSocket-Version': '12' },
        { 'Sec-WebSocket-Key': undefined },
        { 'Sec-WebSocket-Key': 'c2hvcnQ=' },
      ];
      for (const headers of broken) {
        const { status } = await context.handshake({ headers });
        expectSame(status, 400, `status with ${JSON.stringify(headers)}`);
      }
    },
  },
];
