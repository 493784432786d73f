import type { AcmeBlock } from '../acme-block.js';

/** The first message of every connection (PROTOCOL.md 1). */
export function welcomeMessage(network: string, latest: AcmeBlock | undefined): object {
  return { type: 'welcome', network, height: latest?.height ?? null };
}
