import type { LoadClient } from '../load-client.js';

/**
 * Waits for a message that fits, and looks at no other.
 *
 * @throws Error if the connection is lost before.
 */
export function answerOf(client: LoadClient, fits: (text: string) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    client.onLost = reject;
    client.onMessage = (bytes, start, end) => {
      if (fits(bytes.toString('latin1', start, end))) resolve();
    };
  });
}
