import { afterEach, describe, expect, it } from '@jest/globals';
import { Inject, Injectable, Scope } from '@nestjs/common';
import { REQUEST } from '@nestjs/core';
import { SubscribeMessage } from '@nestjs/websockets';
import { json, type Session } from '@sluice/engine';
import { ChainGateway, ConnectedSession, sessionOf, type OnSessionOpen } from '../src/index.js';
import { TestApplication } from './support/application.js';

let made = 0;
let broken = false;

@Injectable({ scope: Scope.REQUEST })
class PerClient {
  readonly number = ++made;

  constructor(@Inject(REQUEST) readonly client: object) {
    if (broken) throw new Error('no instance');
  }
}

@ChainGateway({ path: '/scoped', codec: json() })
class ScopedGateway implements OnSessionOpen {
  constructor(private readonly perClient: PerClient) {}

  onSessionOpen(session: Session): void {
    session.send(`opened ${String(this.perClient.number)}`);
  }

  @SubscribeMessage('number')
  number(@ConnectedSession() session: Session): object {
    const { number, client } = this.perClient;
    return { number, same: sessionOf(client) === session };
  }
}

@ChainGateway({ path: '/hooked', codec: json() })
class HookedGateway {
  constructor(readonly perClient: PerClient) {}

  handleConnection(): void {
    made = 0;
  }
}

describe('a request-scoped gateway', () => {
  let application: TestApplication;

  afterEach(async () => {
    broken = false;
    await application.stop();
  });

  it('has one instance for each client', async () => {
    application = await TestApplication.start({ providers: [ScopedGateway, PerClient] });
    const [one, two] = [await application.connect('/scoped'), await application.connect('/scoped')];
    const first = Number((await one.next()).replace('opened ', ''));
    expect(await two.next()).toBe(`opened ${String(first + 1)}`);
    one.send({ type: 'number' });
    two.send({ type: 'number' });
    expect(await one.nextJson()).toEqual({ number: first, same: true });
    expect(await two.nextJson()).toEqual({ number: first + 1, same: true });
  });

  it('that cannot be made ends the session with 1011, and nothing else', async () => {
    application = await TestApplication.start({ providers: [ScopedGateway, PerClient] });
    broken = true;
    const client = await application.connect('/scoped');
    expect((await client.closed()).code).toBe(1011);
    broken = false;
    expect(await (await application.connect('/scoped')).next()).toMatch(/^opened/);
  });

  it("with Nest's own connection hooks is refused at start", async () => {
    application = await TestApplication.start();
    const app = await TestApplication.create({ providers: [HookedGateway, PerClient] });
    await expect(app.init()).rejects.toThrow(/HookedGateway is request-scoped.*onSessionOpen/);
    await app.close();
  });
});
