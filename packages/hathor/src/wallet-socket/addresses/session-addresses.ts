import type { Session, Subscription } from '@sluice/engine';
import { ADDRESS_HISTORY } from '../wallet-topics.js';
import type { SubscribedAddresses } from './subscribed-addresses.js';

const NONE: ReadonlySet<string> = new Set();

/** The addresses of one connection. They are the keys of its subscription: there is no second list. */
export class SessionAddresses {
  private readonly subscription: Subscription;
  private withoutHistory: Set<string> | undefined;

  /** @throws SluiceError `STATE` if the session is not open. */
  constructor(
    session: Session,
    private readonly all: SubscribedAddresses,
  ) {
    this.subscription = session.subscribe(ADDRESS_HISTORY);
    session.onClose(() => {
      for (const address of this.subscribed) all.remove(address);
    });
  }

  get size(): number {
    return this.subscribed.size;
  }

  /** Those that have no history, as far as anybody has looked: at first that may be any. */
  get empty(): Set<string> {
    return (this.withoutHistory ??= new Set(this.subscribed));
  }

  add(address: string, empty: boolean): void {
    if (!this.subscribed.has(address)) {
      this.subscription.update({ add: [address] });
      this.all.add(address);
    }
    if (empty) this.withoutHistory?.add(address);
  }

  /** @returns false if the connection was not subscribed to it. */
  remove(address: string): boolean {
    if (!this.subscribed.has(address)) return false;
    this.subscription.update({ remove: [address] });
    this.all.remove(address);
    this.withoutHistory?.delete(address);
    return true;
  }

  /** While nobody counts empty addresses, they are not kept a second time. */
  forgetEmpty(): void {
    this.withoutHistory = undefined;
  }

  private get subscribed(): ReadonlySet<string> {
    return this.subscription.keys ?? NONE;
  }
}
