import type { InjectionToken } from '@nestjs/common';
import { BasaltMockChain } from '@sluice/mock-chain/basalt';
import type { SampleConfig } from '../config/sample-config.js';

/** Where the sample's Basalt blocks come from. */
export interface BasaltSource {
  /** The chain that can be driven; absent where another node is followed. */
  readonly chain?: BasaltMockChain;
}

/** Injects the {@link BasaltSource}. */
export const BASALT_SOURCE: InjectionToken<BasaltSource> = Symbol('BASALT_SOURCE');

/** A new chain, unless another node is followed. */
export function openBasaltSource({ seed, source, basalt }: SampleConfig): BasaltSource {
  if (basalt.mode === 'rpc') return {};
  const startTime = source.kind === 'chain' ? source.startTime : undefined;
  const time =
    startTime === undefined ? { now: () => Date.now() } : { startTime: startTime * 1000 };
  return { chain: new BasaltMockChain({ seed, ...time }) };
}
