import type { TestClient } from '../client/test-client.js';
import type { WaitOptions } from '../waiting/wait-error.js';
import { Transcript } from './transcript.js';

/**
 * Sends the recorded `out` messages again, in order, each after as many messages have come in as in the
 * recording. Takes every awaited message from the client.
 * @returns The new conversation, for {@link compareTranscripts}.
 * @throws {WaitError} when an awaited message does not come.
 */
export async function replay(
  recording: Transcript,
  client: TestClient,
  options?: WaitOptions,
): Promise<Transcript> {
  const answer = Transcript.record(client);
  for (const { dir, data } of recording.entries) {
    if (dir === 'out') client.send(data);
    else await client.nextMessage(options);
  }
  return answer;
}
