import type { ConformanceCheck } from '../../check.js';
import { expectSame } from '../../judging/expect.js';
import { SkipCheck } from '../../judging/outcomes.js';
import { answersClose, answersPing, NOT_UTF8, refusesFrames, RESERVED_BIT } from '../transport.js';

const CONNECTIONS = 1000;
const KEEP_ALIVE_MS = 35_000;

/** Contract 7 to 9: limits, keep-alive, closing. */
export const connectionChecks: readonly ConformanceCheck[] = [
  answersPing({ ref: 'basalt §14.12' }),
  answersClose(
    { ref: 'basalt §9' },
    'ends the connection when a client closes, with the client’s code if with any',
    { code: 1000, reason: 'done' },
    [{ code: 1000, reason: '' }, { code: 1000, reason: 'done' }, undefined],
  ),
  refusesFrames(
    { ref: 'basalt §9' },
    'closes with 1007 on text that is not UTF-8',
    NOT_UTF8,
    [1007],
  ),
  refusesFrames({ ref: 'basalt §9' }, 'closes with 1002 on a reserved bit', RESERVED_BIT, [1002]),
  {
    ref: 'basalt §14.17',
    title: 'keeps an idle connection alive with a control frame every 30 seconds',
    needs: ['time'],
    async run(context) {
      if (context.activityMs < KEEP_ALIVE_MS) {
        throw new SkipCheck(`takes 30 s; wait at least ${KEEP_ALIVE_MS} ms for activity`);
      }
      const peer = await context.raw(context.activityMs);
      await peer.next('ping', 'pong');
    },
  },
  {
    ref: 'basalt §14.15',
    title: 'closes the connection after 1,000 others with 1008 and no data',
    needs: ['stress'],
    async run(context) {
      for (let open = 0; open < CONNECTIONS; open += 50) await context.connectMany(50);
      const client = await context.connect();
      const { code, reason } = await client.closed();
      expectSame({ code, reason }, { code: 1008, reason: 'Too many connections' }, 'Close frame');
      expectSame(client.received, 0, 'messages of the connection that was too much');
    },
  },
];
