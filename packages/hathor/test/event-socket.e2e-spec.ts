import { afterEach, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { EventBus, memoryLog } from '@sluice/engine';
import { SluiceModule } from '@sluice/nestjs';
import { ClientPool } from '@sluice/testing';
import { HathorModule } from '../src/index.js';

describe('the event socket', () => {
  const clients = new ClientPool();
  let app: INestApplication | undefined;

  afterEach(async () => {
    await clients.closeAll();
    await app?.close();
  });

  async function start(): Promise<string> {
    const module = await Test.createTestingModule({
      imports: [
        SluiceModule.forRoot({ log: memoryLog() }),
        HathorModule.forRoot({ network: 'unittests', events: { peerId: 'p', streamId: 's' } }),
      ],
    }).compile();
    app = module.createNestApplication();
    await app.listen(0, '127.0.0.1');
    return (await app.getUrl()).replace('http', 'ws');
  }

  it('sends stored and new events to a client that started its stream', async () => {
    const url = await start();
    const client = await clients.connect(`${url}/v1a/event_ws`);
    client.send({ type: 'START_STREAM', window_size: 10 });
    const first = await client.nextJson();
    expect(first).toMatchObject({ type: 'EVENT', event: { id: 0, type: 'LOAD_STARTED' } });
    expect(await client.nextJson()).toMatchObject({ event: { id: 1, type: 'LOAD_FINISHED' } });
    await app?.get<EventBus>(EventBus).publish('node.crashed', {});
    expect(await client.nextJson()).toMatchObject({
      peer_id: 'p',
      network: 'unittests',
      stream_id: 's',
      latest_event_id: 2,
      event: { id: 2, type: 'FULL_NODE_CRASHED', data: {}, group_id: null },
    });
    client.send('{"type": "START_STREAM", "window_size": 1}');
    expect(await client.nextJson()).toEqual({
      type: 'STREAM_IS_ACTIVE',
      invalid_request: '{"type": "START_STREAM", "window_size": 1}',
      error_message: null,
    });
  });
});
