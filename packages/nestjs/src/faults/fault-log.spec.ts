import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { SluiceError } from '@sluice/engine';
import { ManualClock } from '@sluice/engine/testing';
import { RecordingLogger } from '../../test/support/recording-logger.js';
import { FaultLog } from './fault-log.js';

const logger = new RecordingLogger();
const clock = new ManualClock();

beforeEach(() => {
  logger.lines.length = 0;
  Logger.overrideLogger(logger);
});

afterEach(() => {
  Logger.overrideLogger(false);
});

it('writes ten internal faults a minute, then how many were left out, and starts anew', () => {
  const log = new FaultLog('Gateway', clock);
  for (let i = 0; i < 25; i++) log.internal(new Error('bug'), 'command');
  expect(logger.at('error')).toEqual(Array<string>(10).fill('command: bug'));
  clock.advance(60_000);
  expect(logger.at('error').at(-1)).toBe('15 more faults were not written');
  log.internal('text', 'command');
  expect(logger.at('error').at(-1)).toBe('command: text');
});

it('shows the cause of an internal fault, and keeps faults of clients at debug level', () => {
  const log = new FaultLog('Gateway', clock);
  log.fault(SluiceError.from(new Error('cause')), 'command');
  log.fault(new SluiceError('INVALID', 'no number'), 'command');
  expect(logger.at('error')).toEqual(['command: cause']);
  expect(logger.at('debug')).toEqual(['command: INVALID no number']);
});

it('writes a hundred faults of clients a minute, then how many were left out, and starts anew', () => {
  const log = new FaultLog('Gateway', clock);
  for (let i = 0; i < 250; i++) log.client('bad frame');
  log.internal(new Error('bug'), 'command');
  expect(logger.at('debug')).toEqual(Array<string>(100).fill('bad frame'));
  expect(logger.at('error')).toEqual(['command: bug']);
  clock.advance(60_000);
  expect(logger.at('debug').at(-1)).toBe('150 more faults of clients were not written');
  log.client('bad frame');
  expect(logger.at('debug').at(-1)).toBe('bad frame');
});

it('lets no client forge lines, or write long ones', () => {
  const log = new FaultLog('Gateway', clock);
  log.client('no command a\r\n[Nest] ERROR forged\u001b[2J\u2028');
  log.client('x'.repeat(1_000_000));
  const [forged = '', long = ''] = logger.at('debug');
  expect(forged).toBe('no command a\uFFFD\uFFFD[Nest] ERROR forged\uFFFD[2J\uFFFD');
  expect(long).toHaveLength(301);
});
