import type { ConformanceCheck } from '../../check.js';
import { expectSame } from '../../judging/expect.js';
import {
  answersClose,
  answersPing,
  grantsHandshake,
  ignoresOrigin,
  NOT_UTF8,
  refusesFrames,
  selectsNothing,
  servesPath,
} from '../transport.js';

/** The names of Hathor's sockets. */
export const HATHOR_ENDPOINTS = ['ws', 'event_ws', 'mining_ws'] as const;

/** One of Hathor's sockets. */
export type HathorEndpoint = (typeof HATHOR_ENDPOINTS)[number];

/** Contract 0.1, as far as it holds for every socket alike. */
export function transportChecks(endpoint: HathorEndpoint): readonly ConformanceCheck[] {
  const rule = (number: string) => ({ ref: `hathor §0.1 ${number}`, endpoint });
  return [
    grantsHandshake(rule('T1')),
    servesPath(rule('T1'), 'serves the path with a trailing slash', (path) => `${path}/`),
    servesPath(rule('T1'), 'serves the path with further segments', (path) => `${path}/a/b`),
    {
      ...rule('T1'),
      title: 'answers an unknown path with 404',
      async run(context) {
        const path = `${context.url.pathname}_nowhere`;
        expectSame((await context.handshake({}, path)).status, 404, `status of ${path}`);
      },
    },
    selectsNothing(rule('T2')),
    ignoresOrigin(rule('T2')),
    refusesFrames(rule('T3'), 'drops the connection on text that is not UTF-8', NOT_UTF8, [
      undefined,
    ]),
    answersPing(rule('T4')),
    answersClose(
      rule('T5'),
      'answers a Close with 1000 or the client’s code, and never with its reason',
      { code: 4001, reason: 'bye' },
      [
        { code: 1000, reason: '' },
        { code: 4001, reason: '' },
      ],
    ),
  ];
}
