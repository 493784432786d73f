import { describe, expect, it } from '@jest/globals';
import { timeOfReply, timeOfText } from './message-time.js';

describe('the time of a message', () => {
  it.each([
    ['2023-11-14T22:13:20.123456789Z', 1_700_000_000_123_456_789n],
    ['2023-11-14T22:13:20.1Z', 1_700_000_000_100_000_000n],
    ['2023-11-14T22:13:20Z', 1_700_000_000_000_000_000n],
    ['2023-11-14T23:13:20.000000001+01:00', 1_700_000_000_000_000_001n],
  ])('is read to the nanosecond from %s', (text, time) => {
    expect(timeOfText(text)).toBe(time);
  });

  it.each([
    '$JS.ACK.sluice-events.scan-1.1.42.7.1700000000123456789.0',
    '$JS.ACK.hub.ACCOUNT.sluice-events.scan-1.1.42.7.1700000000123456789.0.random',
  ])('is read from %s', (reply) => {
    expect(timeOfReply(reply)).toBe(1_700_000_000_123_456_789n);
  });
});
