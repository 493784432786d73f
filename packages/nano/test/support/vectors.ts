import { readFileSync } from 'node:fs';

/** A file of golden data. */
export function vectors<T>(name: string): T {
  const text = readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8');
  return JSON.parse(text) as T;
}

/** A file with requests and what the server sends. */
export interface TopicVectors<M = WireNotification> {
  readonly client: readonly object[];
  readonly server: readonly M[];
}

export interface WireNotification {
  readonly topic: string;
  readonly time: string;
  readonly hash?: string;
  readonly message: Readonly<Record<string, unknown>>;
}
