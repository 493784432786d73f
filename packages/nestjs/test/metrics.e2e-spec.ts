import { expect, it } from '@jest/globals';
import { SubscribeMessage } from '@nestjs/websockets';
import { json, type Metrics } from '@sluice/engine';
import { ChainGateway, ConnectGuard, type ConnectRequest } from '../src/index.js';
import { TestApplication } from './support/application.js';
import { rawAnswer } from './support/raw-upgrade.js';
import { until } from './support/until.js';

class TicketGuard extends ConnectGuard {
  canConnect({ query }: ConnectRequest): boolean {
    return query.has('ticket');
  }
}

@ChainGateway({ path: '/counted', codec: json(), guards: [TicketGuard] })
class CountedGateway {
  @SubscribeMessage('hello')
  hello(): object {
    return { hello: true };
  }
}

it('counts sessions, commands and faults, with labels that no client can choose', async () => {
  const counts: Record<string, number> = {};
  const metrics: Metrics = {
    count: (name, by = 1, labels = {}) => {
      if (name === 'bytes_sent') return;
      const key = [name, ...Object.values(labels)].join(' ');
      counts[key] = (counts[key] ?? 0) + by;
    },
  };
  const application = await TestApplication.start({
    providers: [CountedGateway],
    sluice: { metrics },
  });
  await rawAnswer(application.port, '/counted');
  const client = await application.connect('/counted?ticket');
  client.send({ type: 'hello' });
  client.send({ type: 'chosen by the client' });
  await client.take(2);
  await client.close();
  await until(() => counts['sessions_closed /counted'] === 1);
  await application.stop();
  expect(counts).toMatchObject({
    'sessions_refused /counted': 1,
    'sessions_opened /counted': 1,
    'commands /counted hello': 1,
    'faults /counted UNKNOWN_COMMAND': 1,
  });
  expect(Object.keys(counts).join()).not.toContain('chosen');
});
