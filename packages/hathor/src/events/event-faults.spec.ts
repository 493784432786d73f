import { describe, expect, it } from '@jest/globals';
import type { FaultContext, SluiceErrorCode } from '@sluice/engine';
import { SluiceError } from '@sluice/engine';
import { fakeSession } from '@sluice/engine/testing';
import { assertAccepted, eventFaults } from './event-faults.js';

const context: FaultContext = { session: fakeSession().session, text: ' {"a" : 1}' };
const answer = (code: SluiceErrorCode, details = {}) =>
  eventFaults(new SluiceError(code, 'why', { details }), context);

describe('eventFaults', () => {
  it.each<[SluiceErrorCode, object]>([
    ['MALFORMED', { reason: 'syntax' }],
    ['UNKNOWN_COMMAND', {}],
    ['INVALID', {}],
  ])('answers %s with the text as it came', (code, details) => {
    expect(answer(code, details)).toEqual({
      action: 'reply',
      message: { type: 'VALIDATION_ERROR', invalid_request: ' {"a" : 1}', error_message: 'why' },
    });
  });

  it.each<[SluiceErrorCode, object]>([
    ['MALFORMED', { reason: 'utf8' }],
    ['INTERNAL', {}],
    ['STATE', {}],
    ['STATE', { type: 'toString' }],
  ])('drops the connection on %s with %j', (code, details) => {
    expect(answer(code, details)).toEqual({ action: 'drop' });
  });

  it.each<[SluiceErrorCode]>([['FORBIDDEN'], ['LIMIT']])('closes without a code on %s', (code) => {
    expect(answer(code)).toEqual({ action: 'close' });
  });
});

describe('assertAccepted', () => {
  it.each([
    ['ACTIVE', 'STREAM_IS_ACTIVE'],
    ['INACTIVE', 'STREAM_IS_INACTIVE'],
    ['ACK_TOO_SMALL', 'ACK_TOO_SMALL'],
    ['ACK_TOO_LARGE', 'ACK_TOO_LARGE'],
  ] as const)('refuses %s as %s, without a message for people', (refusal, type) => {
    let action;
    try {
      assertAccepted(refusal);
    } catch (error) {
      action = eventFaults(error as SluiceError, context);
    }
    expect(action).toMatchObject({ action: 'reply', message: { type, error_message: null } });
  });

  it('lets everything else pass', () => {
    expect(() => {
      assertAccepted(undefined);
    }).not.toThrow();
  });
});
