import { answerOf } from './answer-of.js';
import type { LoadProtocol } from './load-protocol.js';

/** Every frame is a message. A greeting is answered, and the answer is not a message. */
export const plain: LoadProtocol = {
  async begin(client, greeting, take) {
    if (greeting !== undefined) {
      const answered = answerOf(client, () => true);
      client.send(greeting);
      await answered;
    }
    client.onMessage = take;
  },
};
