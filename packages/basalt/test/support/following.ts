/** Applications that follow a scripted node. */
import { blockMessage, type BasaltBlock, type BasaltFollowOptions } from '../../src/index.js';
import type { BasaltApp, BasaltApps } from './basalt-app.js';
import type { ScriptedNode } from './scripted-node.js';
import { until } from './until.js';

/** Follows over the stream and greets new clients, so that the latest block can be seen. */
export const followStream = (
  apps: BasaltApps,
  source: ScriptedNode,
  options: BasaltFollowOptions = {},
): Promise<BasaltApp> =>
  apps.start({
    basalt: {
      mode: 'rpc',
      compat: 'node',
      syncSource: source.url,
      follow: { by: 'stream', announce: 'every-block', ...options },
    },
  });

const reached = (app: BasaltApp, state: string): Promise<void> =>
  until(() => app.follower.status?.state === state);

/** Resolves when the application is connected to its source. */
export const online = (app: BasaltApp): Promise<void> => reached(app, 'online');

/** Resolves when the application has lost its source and waits for the next attempt. */
export const waiting = (app: BasaltApp): Promise<void> => reached(app, 'waiting');

/** Loses the source and finds it again. */
export async function comeBack(app: BasaltApp): Promise<void> {
  await waiting(app);
  app.clock.advance(1000);
  await online(app);
}

/** Texts in which blocks are announced. */
export const newBlocks = (blocks: readonly BasaltBlock[]): string[] =>
  blocks.map((block) => blockMessage('new_block', block));
