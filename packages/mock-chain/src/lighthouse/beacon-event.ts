import type { BeaconEvents } from '@sluice/lighthouse';

/** What happened on the chain, as `@sluice/lighthouse` has it published. */
export type MockBeaconEvent = {
  readonly [K in keyof BeaconEvents]: { readonly type: K; readonly data: BeaconEvents[K] };
}[keyof BeaconEvents];
