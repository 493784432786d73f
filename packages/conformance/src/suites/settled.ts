import type { TestClient } from '@sluice/testing';
import { expectSame } from '../judging/expect.js';
import type { CheckContext } from '../runner/check-context.js';

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

/**
 * @throws Mismatch if every new connection is sent something at once. One that is may have met what the chain does of
 * itself, but not each of three.
 */
export async function expectNoGreeting(context: CheckContext): Promise<void> {
  const greetings: string[] = [];
  for (let attempt = 0; attempt < 3; attempt++) {
    const [greeting] = await arrived(await context.connect());
    if (greeting === undefined) return;
    greetings.push(greeting);
  }
  expectSame(greetings, [], 'messages on connection');
}
