import type {
  FannedEvent,
  FanOut,
  FanOutListener,
  FanOutLoss,
  FanOutPublisher,
  FanOutSubscription,
} from '../nodes/fan-out.js';

/** A fan-out within the process, which can be told to lose events. */
export class LocalFanOut implements FanOut {
  /** How many publish. */
  publishers = 0;
  private readonly listeners = new Set<FanOutListener>();

  /** How many follow. */
  get followers(): number {
    return this.listeners.size;
  }

  publisher(): Promise<FanOutPublisher> {
    const send = (event: FannedEvent): void => {
      for (const listener of this.listeners) listener.event(event);
    };
    const close = (): Promise<void> => {
      this.publishers--;
      return Promise.resolve();
    };
    this.publishers++;
    return Promise.resolve({ send, close });
  }

  follow(listener: FanOutListener): Promise<FanOutSubscription> {
    this.listeners.add(listener);
    const close = (): Promise<void> => {
      this.listeners.delete(listener);
      return Promise.resolve();
    };
    return Promise.resolve({ close });
  }

  /** Tells all followers of a loss. */
  lose(loss: FanOutLoss): void {
    for (const listener of this.listeners) listener.lost(loss);
  }
}
