import type { TestClient } from '@sluice/testing';
import { expectSame } from '../judging/expect.js';

/** Takes what has arrived, what is under way included: two Ping round trips long. */
export async function arrived(client: TestClient): Promise<string[]> {
  await client.ping();
  await client.ping();
  return client.take(client.pending);
}

/** @throws Mismatch if anything has arrived or is under way. @param when words for the report. */
export async function expectSilence(client: TestClient, when: string): Promise<void> {
  expectSame(await arrived(client), [], `no message ${when}`);
}
