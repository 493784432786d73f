import type { EventLog, LogPage } from '../log/event-log.js';

/** The log of a store across a network: pages arrive later. */
export function readingLater(log: EventLog): EventLog {
  return new Proxy(log, {
    get(target, name) {
      if (name !== 'read') {
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      }
      return async (...args: Parameters<EventLog['read']>): Promise<LogPage> => {
        await Promise.resolve();
        return target.read(...args);
      };
    },
  });
}
