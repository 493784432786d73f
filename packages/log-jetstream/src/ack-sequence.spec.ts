import { describe, expect, it } from '@jest/globals';
import { AckSequence } from './ack-sequence.js';

describe('AckSequence', () => {
  it.each([
    ['servers of today', '$JS.ACK.sluice-events.scan-1.1.', '.7.1700000000000000000.3'],
    ['servers with accounts in it', '$JS.ACK._.ACCOUNT.sluice-events.scan-1.1.', '.7.17000000.3.x'],
    ['servers with a domain', '$JS.ACK.hub.ACCOUNT.sluice-events.scan-1.1.', '.7.17000000.3'],
  ])('reads the sequence of the stream in the addresses of %s', (_, before, after) => {
    const sequence = new AckSequence();
    for (const seq of [1, 9, 10, 123_456_789]) {
      expect(sequence.of(`${before}${seq}${after}`)).toBe(seq);
    }
  });
});
