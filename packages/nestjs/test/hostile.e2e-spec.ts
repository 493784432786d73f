/** Clients that break the rules cost themselves their session, and nobody else anything. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SubscribeMessage } from '@nestjs/websockets';
import { json, type Session } from '@sluice/engine';
import { closeFrame, frame, RawClient, type TestClient } from '@sluice/testing';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ChainGateway, ConnectedSession, SessionRegistry } from '../src/index.js';
import { TestApplication } from './support/application.js';
import { RecordingLogger } from './support/recording-logger.js';
import { until } from './support/until.js';

let handled = 0;

@ChainGateway({ path: '/open', codec: json(), limits: { payloadBytes: 1024, pendingCommands: 8 } })
class OpenGateway {
  @SubscribeMessage('big')
  big() {
    handled++;
    return { big: 'x'.repeat(256 * 1024) };
  }

  @SubscribeMessage('hello')
  hello() {
    return { hello: true };
  }
}

@ChainGateway({ path: '/drop', codec: json(), violations: 'drop', limits: { payloadBytes: 1024 } })
class DroppingGateway {
  @SubscribeMessage('policy')
  policy(@ConnectedSession() session: Session): void {
    session.close(1008);
  }
}

const VIOLATIONS: [string, Buffer, number][] = [
  ['a frame without a mask', frame({ masked: false, payload: '{}' }), 1002],
  ['a reserved opcode', frame({ opcode: 11 }), 1002],
  ['a reserved bit', frame({ rsv: 4, payload: '{}' }), 1002],
  ['a fragmented ping', frame({ opcode: 'ping', fin: false }), 1002],
  ['a ping that is too long', frame({ opcode: 'ping', payload: 'x'.repeat(126) }), 1002],
  ['a continuation of nothing', frame({ opcode: 'continuation', payload: '{}' }), 1002],
  ['bad UTF-8', frame({ payload: Buffer.from([0xff, 0xfe]) }), 1007],
  ['a payload above the limit', frame({ payload: 'x'.repeat(1025) }), 1009],
  ['an announced payload of 2^40 bytes', frame({ announcedLength: 2 ** 40 }), 1009],
  ['a forbidden close code', closeFrame(1005), 1002],
];

describe('hostile clients', () => {
  let application: TestApplication;
  let witness: TestClient;
  let logger: RecordingLogger;

  beforeEach(async () => {
    handled = 0;
    logger = new RecordingLogger();
    application = await TestApplication.start({
      providers: [OpenGateway, DroppingGateway],
      logger,
      sluice: { limits: { connectionsPerAddress: 1000 } },
    });
    witness = await application.connect('/open');
  });

  afterEach(async () => {
    witness.send({ type: 'hello' });
    expect(await witness.nextJson()).toEqual({ hello: true });
    await application.stop();
    expect(logger.at('error')).toEqual([]);
  });

  const connections = (): number => application.app.get(SessionRegistry).connections;

  it.each(VIOLATIONS)('%s drops the session where the dialect wants that', async (_, bytes) => {
    const client = await RawClient.connect(application.url('/drop'));
    client.write(bytes);
    await client.ended();
    expect(client.received).toBe(0);
    await until(() => connections() === 1);
  });

  it('a dialect that drops violations still closes on purpose, with any code', async () => {
    const client = await application.connect('/drop');
    client.send({ type: 'policy' });
    expect(await client.closed()).toMatchObject({ code: 1008, clean: true });
  });

  it('frames that are no commands are answered, whatever they are', async () => {
    const client = await application.connect('/open');
    const frames = [
      '',
      '{',
      'null',
      '[]',
      '"',
      '{"type":{}}',
      '{"type":"__proto__"}',
      '{"type":"constructor"}',
      '['.repeat(1000),
    ];
    for (const text of frames) client.send(text);
    client.send(Buffer.from([0xff]));
    const faults = await client.takeJson<{ error: { code: string } }>(frames.length + 1);
    for (const { error } of faults) expect(error.code).toMatch(/MALFORMED|INVALID|UNKNOWN_COMMAND/);
  });

  it('a client that sends but does not read is no longer read, and gets everything later', async () => {
    const client = await RawClient.connect(application.url('/open'));
    client.stall();
    const commands = 200;
    for (let i = 0; i < commands; i++) client.sendText('{"type":"big"}');
    let before: number;
    do {
      before = handled;
      for (let i = 0; i < 20; i++) await witness.ping();
    } while (handled > before || handled === 0);
    expect(handled).toBeLessThan(commands);
    client.resume();
    for (let i = 0; i < commands; i++)
      expect(await client.nextFrame()).toMatchObject({ kind: 'text' });
    expect(handled).toBe(commands);
    client.reset();
  });

  it('memory stays flat while clients come, break the rules, and go', async () => {
    const round = async (): Promise<void> => {
      for (const [, bytes] of VIOLATIONS) {
        const client = await RawClient.connect(application.url('/open'));
        client.write(bytes);
        await client.nextFrame();
        client.reset();
      }
      await until(() => connections() === 1);
    };
    for (let i = 0; i < 10; i++) await round();
    const before = heapInUse();
    for (let i = 0; i < 20; i++) await round();
    expect(heapInUse() - before).toBeLessThan(1024 * 1024);
  });
});

function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
