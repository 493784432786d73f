import type { TestClient } from '@sluice/testing';
import { expectSame, show } from '../judging/expect.js';
import { Mismatch } from '../judging/outcomes.js';

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

/** Waits for the connection to end. @throws Mismatch if it does so in another way, or stays. */
export async function expectDropped(client: TestClient): Promise<void> {
  const { code } = await client.closed();
  if (code !== 1006)
    throw new Mismatch('the connection to end without a Close frame', show({ code }));
}
