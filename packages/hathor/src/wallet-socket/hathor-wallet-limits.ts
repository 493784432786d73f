import { Inject, Injectable } from '@nestjs/common';
import { SluiceError } from '@sluice/engine';
import type { HathorOptions } from '../hathor.options.js';
import { HATHOR_OPTIONS } from '../hathor.tokens.js';

/** No limit. */
export const UNLIMITED = -1;

/**
 * Injectable: limits of address subscriptions, changeable while the application runs (contract 1.3). A change holds for
 * the next subscription; those that exist stay. Named as operators of a node know them.
 */
@Injectable()
export class HathorWalletLimits {
  private perConnection = UNLIMITED;
  private empty = UNLIMITED;

  constructor(@Inject(HATHOR_OPTIONS) { wallet = {} }: HathorOptions) {
    this.max_subs_addrs_conn = wallet.maxSubsAddrsConn ?? UNLIMITED;
    this.max_subs_addrs_empty = wallet.maxSubsAddrsEmpty ?? UNLIMITED;
  }

  /** Most addresses that one connection may subscribe; -1: unlimited, 0: no further one. */
  get max_subs_addrs_conn(): number {
    return this.perConnection;
  }

  /** @throws SluiceError `INVALID` unless it is an integer from -1 on. */
  set max_subs_addrs_conn(limit: number) {
    this.perConnection = checked('max_subs_addrs_conn', limit);
  }

  /** Most addresses without any vertex that one connection may subscribe; -1: unlimited, 0: no further address. */
  get max_subs_addrs_empty(): number {
    return this.empty;
  }

  /** @throws SluiceError `INVALID` unless it is an integer from -1 on. */
  set max_subs_addrs_empty(limit: number) {
    this.empty = checked('max_subs_addrs_empty', limit);
  }
}

function checked(name: string, limit: number): number {
  if (Number.isSafeInteger(limit) && limit >= UNLIMITED) return limit;
  throw new SluiceError('INVALID', `${name} must be an integer from -1 on, got ${limit}`, {
    details: { limit: name, value: limit },
  });
}
