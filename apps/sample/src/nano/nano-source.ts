import type { InjectionToken } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { systemClock } from '@sluice/engine';
import { NanoMockChain, NanoTraffic } from '@sluice/mock-chain/nano';
import { NanoWallets } from '@sluice/nano';
import type { SampleConfig } from '../config/sample-config.js';

/** The sample's Nano network; it begins anew with every start. */
export interface NanoSource {
  readonly chain: NanoMockChain;
  readonly traffic: NanoTraffic;
}

/** Injects the {@link NanoSource}. */
export const NANO_SOURCE: InjectionToken<NanoSource> & symbol = Symbol('NANO_SOURCE');

/** Least difficulty of a block's work, and base of all multipliers. */
export const WORK_THRESHOLD = 0xf000000000000000n;

/** The same seed brings the same blocks; votes and elections have the time of the wall clock. */
export function openNanoSource({ seed }: SampleConfig): NanoSource {
  const chain = new NanoMockChain({
    seed,
    now: () => systemClock.now(),
    workThreshold: WORK_THRESHOLD,
  });
  return { chain, traffic: new NanoTraffic(chain, { seed }) };
}

/** Local accounts are those of the chain's wallet, new ones included. */
@Injectable()
export class ChainWallets extends NanoWallets {
  constructor(@Inject(NANO_SOURCE) private readonly source: NanoSource) {
    super();
  }

  has(account: string): boolean {
    return this.source.chain.keys.wallet.has(account);
  }
}
