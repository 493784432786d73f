/** What answers a client's Close frame, and which paths end with a slash. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SubscribeMessage } from '@nestjs/websockets';
import { json, sendOnly, type Session } from '@sluice/engine';
import { closeFrame, frame, RawClient, TestClient } from '@sluice/testing';
import { setImmediate } from 'node:timers/promises';
import { ChainGateway, type OnSessionOpen } from '../src/index.js';
import { TestApplication } from './support/application.js';

@ChainGateway({
  path: '/polite',
  codec: sendOnly(),
  trailingSlash: false,
  closeReply: (code) => ({ code: 1000, reason: `bye ${String(code)}` }),
})
class PoliteGateway {}

@ChainGateway({ path: '/plain', codec: sendOnly() })
class PlainGateway {}

/** Opens and answers later, in turns of its own. */
@ChainGateway({
  path: '/thorough',
  codec: json({ command: 'type' }),
  answersBeforeClose: true,
  limits: { closeMs: 200 },
})
class ThoroughGateway implements OnSessionOpen {
  async onSessionOpen(session: Session): Promise<void> {
    await setImmediate();
    session.send('welcome');
  }

  @SubscribeMessage('later')
  async later(): Promise<object> {
    await setImmediate();
    return { type: 'done' };
  }

  @SubscribeMessage('never')
  never(): Promise<object> {
    return new Promise(() => undefined);
  }
}

let application: TestApplication;

beforeAll(async () => {
  application = await TestApplication.start({
    providers: [PoliteGateway, PlainGateway, ThoroughGateway],
  });
});

afterAll(() => application.stop());

async function answerTo(path: string, bytes: Buffer): Promise<object> {
  await using client = await RawClient.connect(application.url(path));
  client.write(bytes);
  return await client.nextFrame();
}

describe('The answer to a Close frame', () => {
  it.each([
    ['with a code', closeFrame(4001, 'mine'), 'bye 4001'],
    ['with 1002', closeFrame(1002), 'bye 1002'],
    ['that is empty', frame({ opcode: 'close' }), 'bye undefined'],
  ])('%s is what the gateway says', async (_, bytes, reason) => {
    expect(await answerTo('/polite', bytes)).toMatchObject({ kind: 'close', code: 1000, reason });
  });

  it('is the same code without a reason where the gateway says nothing', async () => {
    expect(await answerTo('/plain', closeFrame(4001, 'mine'))).toMatchObject({
      kind: 'close',
      code: 4001,
      reason: '',
    });
    expect(await answerTo('/plain', frame({ opcode: 'close' }))).toMatchObject({
      kind: 'close',
      code: undefined,
    });
  });

  it('does not change what violations bring', async () => {
    const broken = frame({ payload: Buffer.of(0xc3, 0x28) });
    expect(await answerTo('/polite', broken)).toMatchObject({ kind: 'close', code: 1007 });
  });
});

describe('What a client has sent before its Close frame', () => {
  const texts = (...messages: string[]): Buffer =>
    Buffer.concat([...messages.map((payload) => frame({ payload })), closeFrame(1000)]);

  it('is answered before that frame is, also what came before the gateway was ready', async () => {
    await using client = await RawClient.connect(application.url('/thorough'));
    client.write(texts('{"type":"later"}', '{"type":"later"}'));
    expect(await client.nextFrame()).toMatchObject({ kind: 'text', text: 'welcome' });
    for (let answer = 0; answer < 2; answer++) {
      expect(await client.nextFrame()).toMatchObject({ kind: 'text', text: '{"type":"done"}' });
    }
    expect(await client.nextFrame()).toMatchObject({ kind: 'close', code: 1000 });
    expect(await client.ended()).toBe('fin');
  });

  it('does not hold the answer back for longer than `closeMs`', async () => {
    await using client = await RawClient.connect(application.url('/thorough'));
    await client.nextFrame();
    client.write(texts('{"type":"never"}', '{"type":"later"}'));
    expect(await client.nextFrame()).toMatchObject({ kind: 'close', code: 1000 });
  });
});

describe('A slash at the end of the path', () => {
  it('is 404 where the gateway does not take it', async () => {
    expect((await TestClient.refused(application.url('/polite/'))).status).toBe(404);
    const client = await TestClient.connect(application.url('/plain/'));
    await client.close();
  });
});
