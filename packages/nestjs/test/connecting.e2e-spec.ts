/** Everything that happens before the 101 answer. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { HttpException, Injectable } from '@nestjs/common';
import { SubscribeMessage } from '@nestjs/websockets';
import { json, type Session } from '@sluice/engine';
import { ManualClock } from '@sluice/engine/testing';
import { frame, RawClient, TestClient, upgradeRequest } from '@sluice/testing';
import {
  ChainGateway,
  ConnectGuard,
  SessionRegistry,
  UpgradeRefusal,
  type ConnectRequest,
  type OnSessionOpen,
} from '../src/index.js';
import { PLATFORMS, TestApplication, type ApplicationOptions } from './support/application.js';
import { rawAnswer } from './support/raw-upgrade.js';
import { until } from './support/until.js';

@Injectable()
class Tickets {
  readonly valid = 'secret';
}

@Injectable()
class TicketGuard extends ConnectGuard {
  constructor(private readonly tickets: Tickets) {
    super();
  }

  canConnect(connect: ConnectRequest): boolean {
    const ticket = connect.query.get('ticket');
    if (ticket === null) throw new HttpException({ statusCode: 402, hint: 'buy one' }, 402);
    if (ticket === 'bug') throw new Error('secret');
    if (ticket === 'big') throw new HttpException({ secret: 2n ** 64n }, 402);
    if (ticket === 'void') throw new HttpException('', 402);
    if (ticket === 'late') throw new UpgradeRefusal(410, 'gone', { 'X-Since': 'May' });
    if (ticket === 'odd') throw new HttpException('secret', 1000);
    connect.locals.holder = 'alice';
    return ticket === this.tickets.valid;
  }
}

const waiting: ((verdict: boolean) => void)[] = [];

class SlowGuard extends ConnectGuard {
  canConnect(): Promise<boolean> {
    return new Promise((resolve) => waiting.push(resolve));
  }
}

@ChainGateway({ path: '/ticket', codec: json(), guards: [TicketGuard] })
class TicketGateway implements OnSessionOpen {
  onSessionOpen(session: Session, connect: ConnectRequest): void {
    session.send(`welcome ${String(connect.locals.holder)}`);
  }
}

let opened = 0;

@ChainGateway({ path: '/slow', codec: json(), guards: [new SlowGuard()] })
class SlowGateway implements OnSessionOpen {
  onSessionOpen(): void {
    opened++;
  }

  @SubscribeMessage('hello')
  hello() {
    return { hello: true };
  }
}

@ChainGateway({
  path: '/small',
  codec: json(),
  limits: { connections: 2, payloadBytes: 64 },
  origins: ['https://wallet.example'],
})
class SmallGateway {}

@ChainGateway({ path: '/crowd', codec: json(), limits: { connectionsPerAddress: 3 } })
class CrowdGateway {}

@ChainGateway({
  path: '/proto',
  codec: json(),
  subprotocol: (offered) => (offered.has('chain.v1') ? 'chain.v1' : undefined),
  compression: true,
})
class ProtocolGateway {
  @SubscribeMessage('hello')
  hello() {
    return { text: 'hello '.repeat(1000) };
  }
}

describe.each(PLATFORMS)('connecting on %s', (platform) => {
  let application: TestApplication;

  const start = async (options: ApplicationOptions = {}): Promise<void> => {
    waiting.length = opened = 0;
    application = await TestApplication.start({
      platform,
      providers: [Tickets, TicketGateway, SlowGateway, SmallGateway, CrowdGateway, ProtocolGateway],
      ...options,
    });
  };

  const refused = (path: string, headers: Record<string, string> = {}) =>
    TestClient.refused(application.url(path), { headers });

  const connections = (): number => application.app.get(SessionRegistry).connections;

  afterEach(() => application.stop());

  it('guards get their dependencies, and what they leave reaches onSessionOpen', async () => {
    await start();
    const client = await application.connect('/ticket?ticket=secret');
    expect(await client.next()).toBe('welcome alice');
  });

  it.each([
    ['false', '/ticket?ticket=forged', 403, { statusCode: 403, message: 'Forbidden resource' }],
    ['an HttpException', '/ticket', 402, { statusCode: 402, hint: 'buy one' }],
    ['any other error', '/ticket?ticket=bug', 500, { statusCode: 500 }],
    ['a body beyond JSON', '/ticket?ticket=big', 500, { statusCode: 500 }],
    ['a status beyond HTTP', '/ticket?ticket=odd', 500, { statusCode: 500 }],
  ])('a guard that answers with %s becomes that HTTP status', async (_, path, status, body) => {
    await start();
    const refusal = await refused(path);
    expect(refusal.status).toBe(status);
    expect(JSON.parse(refusal.body)).toMatchObject(body);
    expect(refusal.body).not.toContain('secret');
    expect(connections()).toBe(0);
  });

  it('an HttpException without words has no body', async () => {
    await start();
    const { status, headers, body } = await refused('/ticket?ticket=void');
    expect([status, headers['content-type'], body]).toEqual([402, undefined, '']);
  });

  it('a guard may refuse with a text and headers of its own', async () => {
    await start();
    const answer = await rawAnswer(application.port, '/ticket?ticket=late');
    expect(answer.split('\r\n')).toEqual([
      'HTTP/1.1 410 Gone',
      'Connection: close',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Length: 4',
      'X-Since: May',
      '',
      'gone',
    ]);
  });

  it('an asynchronous guard lets no message through early, and loses none', async () => {
    await start();
    const client = await RawClient.open(application.url('/slow'));
    client.write(upgradeRequest(application.url('/slow')));
    client.write(frame({ payload: '{"type":"hello"}' }));
    await until(() => waiting.length === 1);
    expect(opened).toBe(0);
    waiting[0]?.(true);
    await client.upgraded();
    expect(await client.nextFrame()).toEqual({ kind: 'text', text: '{"hello":true}' });
    client.reset();
  });

  it('a client that sends a lot before it is let in is cut', async () => {
    await start();
    const client = await RawClient.open(application.url('/slow'));
    client.write(upgradeRequest(application.url('/slow')));
    client.write(Buffer.alloc(1024 * 1024));
    await until(() => waiting.length === 1 && connections() === 0);
    await client.ended();
  });

  it('a client that leaves while a guard decides costs nothing', async () => {
    await start();
    for (const leave of ['reset', 'finish'] as const) {
      const client = await RawClient.open(application.url('/slow'));
      client.write(upgradeRequest(application.url('/slow')));
      await until(() => connections() === 1 && waiting.length > 0);
      client[leave]();
      await until(() => connections() === 0);
      waiting.shift()?.(true);
      await client.ended();
    }
    expect(opened).toBe(0);
  });

  it('a handshake that takes too long is a 503, and a late verdict changes nothing', async () => {
    const clock = new ManualClock();
    await start({ sluice: { clock, limits: { handshakeMs: 2000 } } });
    const refusal = refused('/slow');
    await until(() => waiting.length === 1);
    clock.advance(2000);
    expect((await refusal).status).toBe(503);
    waiting[0]?.(true);
    expect(connections()).toBe(0);
  });

  it('a limit counts handshakes under way, and a place is free again when a client leaves', async () => {
    await start({ sluice: { limits: { connections: 2 } } });
    const client = await application.connect('/ticket?ticket=secret');
    const pending = TestClient.refused(application.url('/slow'));
    await until(() => waiting.length === 1);
    const refusal = await refused('/ticket?ticket=secret');
    expect([refusal.status, refusal.headers['retry-after']]).toEqual([429, '1']);
    waiting[0]?.(false);
    expect((await pending).status).toBe(403);
    await application.connect('/ticket?ticket=secret');
    await client.close();
    await application.connect('/ticket?ticket=secret');
  });

  it('an endpoint has a limit of its own', async () => {
    await start();
    await application.connect('/small');
    await application.connect('/small');
    expect((await refused('/small')).status).toBe(429);
    await application.connect('/ticket?ticket=secret');
  });

  it('refused clients do not count', async () => {
    await start({ sluice: { limits: { connections: 1 } } });
    for (let i = 0; i < 3; i++) expect((await refused('/ticket')).status).toBe(402);
    const broken = await RawClient.open(application.url('/small'));
    const request = String(upgradeRequest(application.url('/small')));
    broken.write(Buffer.from(request.replace(/Sec-WebSocket-Key: .+\r\n/i, '')));
    expect((await broken.upgraded()).status).toBe(400);
    await broken.ended();
    await application.connect('/ticket?ticket=secret');
  });

  it('limits per address see through trusted proxies only', async () => {
    const limits = { connectionsPerAddress: 1 };
    await start({ sluice: { limits, trustedProxies: ['loopback'] } });
    const from = (address: string) => ({ headers: { 'X-Forwarded-For': `6.6.6.6, ${address}` } });
    await application.connect('/small', from('1.2.3.4'));
    await application.connect('/ticket?ticket=secret', from('1.2.3.5'));
    expect((await refused('/small', from('1.2.3.4').headers)).status).toBe(429);
    const registry = application.app.get(SessionRegistry);
    expect([...registry.addresses]).toEqual([
      ['1.2.3.4', 1],
      ['1.2.3.5', 1],
    ]);
  });

  it('a limit per address of a gateway stands instead of that of the module, and apart from it', async () => {
    await start({ sluice: { limits: { connectionsPerAddress: 1 } } });
    for (let n = 0; n < 3; n++) await application.connect('/crowd');
    expect((await refused('/crowd')).status).toBe(429);
    await application.connect('/small');
    expect((await refused('/small')).status).toBe(429);
  });

  it('a forged X-Forwarded-For counts for nothing without a proxy', async () => {
    await start({ sluice: { limits: { connectionsPerAddress: 1 } } });
    await application.connect('/small', { headers: { 'X-Forwarded-For': '1.1.1.1' } });
    expect((await refused('/small', { 'X-Forwarded-For': '2.2.2.2' })).status).toBe(429);
    await application.connect('/small', { localAddress: '127.0.0.3' });
  });

  it('only allowed origins connect, and clients without one', async () => {
    await start();
    expect((await refused('/small', { Origin: 'https://evil.example' })).status).toBe(403);
    await application.connect('/small', { headers: { Origin: 'https://wallet.example' } });
    await application.connect('/small');
  });

  it('an origin function of the module decides for gateways without a rule', async () => {
    await start({ sluice: { origins: (origin) => origin === 'null' } });
    expect((await refused('/ticket?ticket=secret')).status).toBe(403);
    await application.connect('/ticket?ticket=secret', { headers: { Origin: 'null' } });
  });

  it('neither sub-protocol nor extension is chosen unless configured', async () => {
    await start();
    const offer = { subprotocols: ['chain.v0', 'chain.v1'], perMessageDeflate: true };
    const configured = await application.connect('/proto', offer);
    expect(configured.subprotocol).toBe('chain.v1');
    expect(configured.extensions).toContain('permessage-deflate');
    configured.send({ type: 'hello' });
    expect(await configured.nextJson()).toEqual({ text: 'hello '.repeat(1000) });
    const plain = await RawClient.connect(application.url('/small'), {
      headers: {
        'Sec-WebSocket-Protocol': 'chain.v1',
        'Sec-WebSocket-Extensions': 'permessage-deflate',
      },
    });
    const { headers } = await plain.upgraded();
    expect(
      Object.keys(headers)
        .map((name) => name.toLowerCase())
        .sort(),
    ).toEqual(['connection', 'sec-websocket-accept', 'upgrade']);
    plain.reset();
  });

  it('a payload above the limit ends the session with 1009', async () => {
    await start();
    const client = await application.connect('/small');
    client.send('x'.repeat(65));
    expect((await client.closed()).code).toBe(1009);
  });
});
