/** Several nodes, all of which are killed once: what each client gets (docs/scaling.md). */
import { afterAll, describe, expect, it } from '@jest/globals';
import { ClusterProcess } from './support/cluster-process.js';

const EVENTS = 20_000;
const CLIENTS = 40;

describe('a writer and three gateways', () => {
  let cluster: ClusterProcess | undefined;

  afterAll(() => cluster?.stop());

  it('bring every client the gapless sequence, whatever is killed meanwhile', async () => {
    cluster = new ClusterProcess([
      '--check',
      '--events',
      String(EVENTS),
      '--clients',
      String(CLIENTS),
    ]);
    const report = await cluster.printed<Record<string, number>>();
    expect(report).toMatchObject({
      events: EVENTS,
      clients: CLIENTS,
      deliveries: EVENTS * CLIENTS,
      gatewaysKilled: 4,
      natsRestarts: 1,
      writerFailOvers: 1,
    });
    expect(report.connections).toBeGreaterThan(CLIENTS);
    expect(await cluster.ended).toBe(0);
  }, 400_000);
});
