/** The connection after the last one that fits (contract 7). */
import { afterEach, describe, expect, it } from '@jest/globals';
import { TestClient } from '@sluice/testing';
import { BasaltApps } from './support/basalt-app.js';
import { toyBlock } from './support/toy-blocks.js';
import { until } from './support/until.js';
import { vector } from './support/vectors.js';

const apps = new BasaltApps();
afterEach(() => apps.stopAll());

describe('the limit', () => {
  interface Limit {
    readonly precondition: { readonly open_connections: number };
    readonly steps: readonly {
      readonly server: { readonly code?: number; readonly reason?: string };
    }[];
  }

  it('basalt §14.15 closes the client after 1,000 open ones, and lets the next in when one has left', async () => {
    const { precondition, steps } = vector<Limit>('limit');
    const app = await apps.start({ basalt: { compat: 'node' }, latest: toyBlock(100) });
    const open: TestClient[] = [];
    while (open.length < precondition.open_connections) {
      const more = Array.from({ length: 100 }, () => app.connect());
      open.push(...(await Promise.all(more)));
    }
    expect(app.status.connections).toBe(1000);
    const excess = await Promise.all(Array.from({ length: 5 }, () => TestClient.connect(app.url)));
    const { code, reason } = steps.at(-1)?.server ?? {};
    for (const client of excess) {
      expect(await client.closed()).toEqual({ code, reason, clean: true });
      expect(client.received).toBe(0);
    }
    expect(app.status.connections).toBe(1000);
    await app.announce(toyBlock(101));
    for (const client of open) {
      expect(await client.takeJson(2)).toMatchObject([
        { type: 'current_block' },
        { type: 'new_block' },
      ]);
    }
    await open[0]?.close();
    await until(() => app.status.connections === 999);
    expect(await (await app.connect()).nextJson()).toMatchObject({ type: 'current_block' });
  });

  it('is exact for those who come in the same moment', async () => {
    const app = await apps.start({
      basalt: { compat: 'node', limits: { connections: 20 } },
      latest: toyBlock(100),
    });
    const clients = await Promise.all(
      Array.from({ length: 60 }, () => TestClient.connect(app.url)),
    );
    const greeted = clients.map((client) =>
      client.next().then(
        () => 1,
        () => 0,
      ),
    );
    const inside = (await Promise.all(greeted)).reduce<number>((sum, each) => sum + each, 0);
    expect([inside, app.status.connections]).toEqual([20, 20]);
    await Promise.all(clients.map((client) => client.close()));
  });
});
