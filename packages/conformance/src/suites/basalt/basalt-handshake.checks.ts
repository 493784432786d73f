import type { ConformanceCheck } from '../../check.js';
import { expectSame } from '../../judging/expect.js';
import type { CheckContext } from '../../runner/check-context.js';
import { grantsHandshake, ignoresOrigin, selectsNothing, servesPath } from '../transport.js';

const SECTION = { ref: 'basalt §3' };
const NO_UPGRADE = 'WebSocket connection required.';

/** Contract 3. */
export const handshakeChecks: readonly ConformanceCheck[] = [
  grantsHandshake(SECTION),
  selectsNothing({ ref: 'basalt §14.10' }),
  ignoresOrigin({ ref: 'basalt §14.9' }),
  servesPath(
    SECTION,
    'ignores letter case and one final slash of the path',
    (path) => `${path.toUpperCase()}/`,
  ),
  servesPath(SECTION, 'ignores a query string', (path) => `${path}?from=1`),
  {
    ref: 'basalt §14.8',
    title: 'answers a plain GET with 400 and says that a WebSocket is required',
    async run(context) {
      await expectRefusal(context, 'GET');
    },
  },
  {
    ...SECTION,
    title: 'answers any other method on the path alike',
    async run(context) {
      await expectRefusal(context, 'POST');
      await expectRefusal(context, 'DELETE');
    },
  },
  {
    ...SECTION,
    title: 'answers an upgrade without a key, or of another version, with 400',
    async run(context) {
      for (const headers of [
        { 'Sec-WebSocket-Key': undefined },
        { 'Sec-WebSocket-Key': 'c2hvcnQ=' },
        { 'Sec-WebSocket-Version': '12' },
      ]) {
        const { status, body } = await context.handshake({ headers });
        expectSame({ status, body }, { status: 400, body: NO_UPGRADE }, 'answer');
      }
    },
  },
  {
    ...SECTION,
    title: 'answers another path below /ws with 404 and an empty body',
    async run(context) {
      const { status, body } = await context.handshake({}, '/ws/nowhere');
      expectSame({ status, body }, { status: 404, body: '' }, 'answer');
    },
  },
];

async function expectRefusal(context: CheckContext, method: string): Promise<void> {
  const { status, body } = await context.fetch(undefined, { method });
  expectSame({ status, body }, { status: 400, body: NO_UPGRADE }, `answer to ${method}`);
}
