import { SkipCheck } from '../judging/outcomes.js';
import type { Dialect } from '../check.js';
import { parseJson, stringifyJson } from '@sluice/engine';

/** Makes things happen on the chain behind the server. */
export interface ConformanceDriver {
  /**
   * Does something and resolves when it has been announced, with what the action answers. Which actions a dialect's
   * checks use is in this package's README.
   * @throws SkipCheck if it cannot be done here.
   */
  act(action: string, body?: object): Promise<unknown>;
  /** Stops what happens by itself. @returns what lets it go on. */
  hold?(): Promise<() => Promise<void>>;
}

/**
 * A driver for the sample's control endpoints, and for everything that has the like.
 * @param url `http://host:port/control`; the dialect's name is added.
 */
export function controlDriver(url: string | URL, dialect: Dialect): ConformanceDriver {
  const base = String(url).replace(/\/+$/, '');
  const root = base.endsWith(`/${dialect}`) ? base : `${base}/${dialect}`;
  const act = async (action: string, body: object = {}): Promise<unknown> => {
    const answer = await fetch(`${root}/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: stringifyJson(body),
    }).catch((error: unknown) => {
      throw new SkipCheck(`the driver ${root} cannot be reached: ${(error as Error).message}`);
    });
    const text = await answer.text();
    if (answer.ok) return parseJson(text);
    throw new SkipCheck(`the driver could not ${action}: ${answer.status} ${text}`);
  };
  return {
    act,
    async hold() {
      const status = await fetch(root)
        .then((answer) => answer.json() as Promise<{ readonly paused?: boolean }>)
        .catch(() => ({ paused: true }));
      if (status.paused !== false) return () => Promise.resolve();
      await act('pause');
      return async () => {
        await act('resume');
      };
    },
  };
}
