import type { RateLimitOptions, TopicFlowControl } from '@sluice/engine';
import { rateLimit } from '@sluice/engine';

/** Limits a topic's messages and tells in each whether it had to wait: contract 1.4, "Rate limiting". */
export function throttledMember<M extends object>(options: RateLimitOptions): TopicFlowControl<M> {
  const limit = rateLimit(options);
  return {
    ...limit,
    create: (outlet) =>
      limit.create({
        ...outlet,
        release: (message, time, throttled) => {
          outlet.release({ ...(message as M), throttled }, time, throttled);
        },
      }),
  };
}
