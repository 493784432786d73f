/** Events that nobody's chain has made, published by hand through the control endpoint. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClientPool, type TestClient } from '@sluice/testing';
import { once } from 'node:events';
import { connect } from 'node:net';
import { SamplePool } from './support/sample-pool.js';
import type { SampleProcess } from './support/sample-process.js';

const ID = 'ab'.repeat(32);

/** The text of a block, so that its numbers are sent as they are. */
const block = (nonce: string, value: string): string =>
  `{"hash":"${ID}","nonce":${nonce},"timestamp":1600000000,"signal_bits":0,"version":0,"weight":2.0,"inputs":[],` +
  `"outputs":[{"value":${value},"token_data":0,"script":"","decoded":{}}],"parents":[],"tokens":[],"token_name":null,` +
  `"token_symbol":null,"aux_pow":null,"headers":[],"name":null,"metadata":{"hash":"${ID}","spent_outputs":[],` +
  '"conflict_with":[],"voided_by":[],"received_by":[],"twins":[],"accumulated_weight":2,"score":4,' +
  '"accumulated_weight_raw":"4","score_raw":"16","first_block":null,"height":1,"validation":"full","nc_execution":null}}';

describe('the sample, by hand', () => {
  const samples = new SamplePool();
  const clients = new ClientPool();
  let sample: SampleProcess;

  beforeAll(async () => {
    sample = await samples.start(['--log', 'memory', '--only', 'hathor']);
  });
  afterAll(async () => {
    await clients.closeAll();
    await samples.endAll();
  });

  const wallet = async (): Promise<TestClient> => {
    const client = await clients.connect(sample.urls.ws ?? '');
    await client.nextJson();
    return client;
  };

  const publish = (body: string): Promise<Response> =>
    fetch(`${sample.urls.control}/event`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });

  it('hathor §0.1 T7 publishes every digit of an event', async () => {
    const nonce = '340282366920938463463374607431768211455';
    const value = '9223372036854775808';
    const client = await wallet();
    const { latest_event_id: last } = await sample.status();
    const body = `{"type":"vertex.accepted","data":${block(nonce, value)}}`;
    expect((await publish(body)).status).toBe(200);
    const stored = await fetch(`${sample.urls.event}?last_ack_event_id=${last}`);
    expect(await stored.text()).toContain(`"nonce":${nonce}`);
    const news = (await client.until((text) => text.includes('new_tx_accepted'))).at(-1) ?? '';
    expect(news).toContain(`"value":${value}`);
  });

  it.each([
    ['balance-updated', 'balance_updated', { balance: { locked: 10, available: 20 } }],
    ['gap-limit', 'gap_limit', { limit: 10 }],
  ])(
    'hathor §7.16, §7.17 publishes what a wallet of its own would: %s',
    async (name, type, data) => {
      const client = await wallet();
      await sample.control('event', { type: `wallet.${name}`, data });
      const news = (await client.until((text) => text.includes(type))).at(-1) ?? '';
      expect(JSON.parse(news)).toMatchObject({ type: `wallet:${type}`, ...data });
    },
  );

  it('hathor §0.1 T5 ends a connection whose upgrade is not complete after 5 s', async () => {
    const { port, hostname } = new URL(sample.urls.http);
    const socket = connect(Number(port), hostname);
    socket.write('GET /v1a/ws HTTP/1.1\r\nConnection: Upgrade\r\n');
    socket.resume();
    await once(socket, 'close');
  });
});
