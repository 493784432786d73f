import type { BasaltUrls, SampleProcess } from './sample-process.js';

/** What an action on the chain announced. */
export interface Announced {
  readonly announced: readonly { readonly number: string; readonly hash: string }[];
}

/** Answer of `GET /control/basalt`. */
export interface BasaltStatus {
  readonly paused: boolean;
  readonly pace_ms: number;
  readonly latest: { readonly number: string; readonly hash: string } | null;
  readonly upstream: { readonly url: string; readonly state: string } | null;
}

/** A sample as its Basalt part sees it. */
export class BasaltSample {
  readonly urls: BasaltUrls;

  constructor(readonly sample: SampleProcess) {
    this.urls = sample.printed.basalt as BasaltUrls;
  }

  /** Base URL, as `BASALT_SYNC_SOURCE` takes it. */
  get base(): string {
    return new URL(this.urls.http).origin;
  }

  get port(): string {
    return new URL(this.base).port;
  }

  async status(): Promise<BasaltStatus> {
    return (await (await fetch(this.urls.control)).json()) as BasaltStatus;
  }

  async post(action: string, body: object = {}): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${this.urls.control}/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }

  /** @returns hashes of what was announced. @throws Error unless the answer is 200. */
  async control(action: string, body: object = {}): Promise<string[]> {
    const answer = await this.post(action, body);
    if (answer.status !== 200) throw new Error(`${action}: ${JSON.stringify(answer)}`);
    return (answer.body as Announced).announced.map(({ hash }) => hash);
  }
}
