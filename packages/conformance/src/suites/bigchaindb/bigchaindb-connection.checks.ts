import { frame } from '@sluice/testing';
import type { ConformanceCheck } from '../../check.js';
import { answersClose, answersPing, NOT_UTF8, refusesFrames, RESERVED_BIT } from '../transport.js';
import { nextFrame, readFrame } from './bigchaindb-frame.js';

const SECTION = { ref: 'bigchaindb §5' };
const LARGEST = 4 * 1024 * 1024;
const CLOSED = [{ code: 1000, reason: '' }];

/** Contract 5: frames of clients. */
export const connectionChecks: readonly ConformanceCheck[] = [
  answersPing({ ref: 'bigchaindb §15.21' }),
  answersClose(
    { ref: 'bigchaindb §15.22' },
    'answers a Close with 1000 and no reason, whatever its code',
    { code: 4000, reason: 'enough' },
    CLOSED,
  ),
  answersClose(
    { ref: 'bigchaindb §15.22' },
    'answers an empty Close with 1000, too',
    { code: undefined, reason: '' },
    CLOSED,
  ),
  {
    ref: 'bigchaindb §15.22',
    title: 'goes on serving others when a client closes or vanishes',
    needs: ['activity'],
    async run(context) {
      const [closing, vanishing, staying] = await context.connectMany(3);
      if (closing === undefined || vanishing === undefined || staying === undefined) return;
      await closing.close(1000);
      vanishing.terminate();
      readFrame(await nextFrame(context, staying));
    },
  },
  refusesFrames(SECTION, 'closes with 1007 on text that is not UTF-8', NOT_UTF8, [1007]),
  refusesFrames(SECTION, 'closes with 1002 on a reserved bit', RESERVED_BIT, [1002]),
  refusesFrames(
    SECTION,
    'closes with 1002 on a Ping of more than 125 bytes',
    () => [frame({ opcode: 'ping', payload: 'x'.repeat(126) })],
    [1002],
  ),
  {
    ...SECTION,
    title: 'tolerates a message of 4 MiB',
    needs: ['stress'],
    async run(context) {
      const client = await context.connect();
      client.send('x'.repeat(LARGEST));
      await client.ping({ timeoutMs: 30_000 });
    },
  },
  {
    ...refusesFrames(
      SECTION,
      'closes with 1009 on a message of more than 4 MiB',
      () => [frame({ payload: Buffer.alloc(LARGEST + 1, 'x') })],
      [1009],
    ),
    needs: ['stress'],
  },
];
