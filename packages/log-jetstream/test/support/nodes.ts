/** Nodes over one server, ended with the test. */
import type { FanOutListener, FanOutLoss, FanOutPublisher } from '@sluice/engine';
import { natsFanOut, type NatsFanOutOptions } from '../../src/index.js';

/** Numbers that a gateway has heard, and losses between them. */
export class Hearer {
  readonly heard: (number | FanOutLoss)[] = [];
  private waiting: (() => void)[] = [];

  readonly listener: FanOutListener = {
    event: ({ data }) => this.hear(data as number),
    lost: (loss) => this.hear(loss),
  };

  /** Resolves when this was heard. */
  async until(wanted: number): Promise<void> {
    while (!this.heard.includes(wanted)) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  private hear(what: number | FanOutLoss): void {
    this.heard.push(what);
    for (const look of this.waiting.splice(0)) look();
  }
}

export class Nodes {
  private readonly ends: (() => Promise<void>)[] = [];

  constructor(private readonly url: string) {}

  async gateway(servers = this.url): Promise<Hearer> {
    const hearer = new Hearer();
    const subscription = await natsFanOut({ servers }).follow(hearer.listener);
    this.ends.push(() => subscription.close());
    return hearer;
  }

  async writer(options: Partial<NatsFanOutOptions> = {}): Promise<FanOutPublisher> {
    const publisher = await natsFanOut({ servers: this.url, ...options }).publisher();
    this.ends.push(() => publisher.close());
    return publisher;
  }

  async end(): Promise<void> {
    await Promise.all(this.ends.splice(0).map((end) => end()));
  }
}

/** Sends the numbers from `from` up to `to`. */
export function sendNumbers(writer: FanOutPublisher, from: number, to: number): void {
  for (let data = from; data <= to; data++) writer.send({ type: 'n', time: data, data });
}

export function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
