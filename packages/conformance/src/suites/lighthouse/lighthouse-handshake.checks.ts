import type { ConformanceCheck } from '../../check.js';
import { expectSame } from '../../judging/expect.js';
import { grantsHandshake, ignoresOrigin, selectsNothing, servesPath } from '../transport.js';

const NO_KEY = 'WebSocket Protocol Error: Unable to parse WebSocket key.';

/** Contract 3. */
export const handshakeChecks: readonly ConformanceCheck[] = [
  grantsHandshake({ ref: 'lighthouse §16.1' }),
  servesPath({ ref: 'lighthouse §16.7' }, 'serves any path and query', () => '/some/path?x=1'),
  ignoresOrigin({ ref: 'lighthouse §16.8' }),
  selectsNothing({ ref: 'lighthouse §16.9' }),
  {
    ref: 'lighthouse §3',
    title: 'looks at neither Host nor cookies nor Authorization',
    async run(context) {
      const headers = {
        Host: 'elsewhere.example',
        Cookie: 'session=1',
        Authorization: 'Basic bm86Ym9keQ==',
      };
      expectSame((await context.handshake({ headers })).status, 101, 'status');
    },
  },
  {
    ref: 'lighthouse §16.10',
    title: 'answers a request without a WebSocket key with 400, says so, and ends the connection',
    async run(context) {
      const wanted = { status: 400, body: NO_KEY };
      const plain = await context.fetch();
      expectSame({ status: plain.status, body: plain.body }, wanted, 'answer to a plain GET');
      const keyless = await context.handshake({ headers: { 'Sec-WebSocket-Key': undefined } });
      expectSame({ status: keyless.status, body: keyless.body }, wanted, 'answer without a key');
    },
  },
];
