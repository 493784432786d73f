/** What answers a client's Close frame, and which paths end with a slash. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sendOnly } from '@sluice/engine';
import { closeFrame, frame, RawClient, TestClient } from '@sluice/testing';
import { ChainGateway } from '../src/index.js';
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

let application: TestApplication;

beforeAll(async () => {
  application = await TestApplication.start({ providers: [PoliteGateway, PlainGateway] });
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

describe('A slash at the end of the path', () => {
  it('is 404 where the gateway does not take it', async () => {
    expect((await TestClient.refused(application.url('/polite/'))).status).toBe(404);
    const client = await TestClient.connect(application.url('/plain/'));
    await client.close();
  });
});
