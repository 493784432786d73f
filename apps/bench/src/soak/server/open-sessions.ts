import type { SoakUrls } from './soak-server.js';

/** Open connections by gateway, as the server's own metrics have them. */
export async function openSessions(urls: SoakUrls): Promise<Readonly<Record<string, number>>> {
  const answer = await fetch(new URL('/metrics', urls.hathor.http));
  const counts: Record<string, number> = {};
  for (const [, gateway, count] of (await answer.text()).matchAll(
    /^sluice_connections\{.*gateway="(\w+)".*\} (\d+)$/gm,
  )) {
    if (gateway !== undefined) counts[gateway] = (counts[gateway] ?? 0) + Number(count);
  }
  if (Object.keys(counts).length === 0) throw new Error('The metrics tell of no gateway');
  return counts;
}

export function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
