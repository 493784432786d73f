/** TLS on a port of a gateway's own: `wss://` there, whatever the others speak. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { SubscribeMessage } from '@nestjs/websockets';
import { json } from '@sluice/engine';
import { ClientPool } from '@sluice/testing';
import { once } from 'node:events';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import {
  ChainGateway,
  GatewayCatalogue,
  METRICS,
  OptionsError,
  SessionRegistry,
  TlsCertificates,
  type ChainGatewayOptions,
  type ListenerTls,
} from '../src/index.js';
import { AUTHORITY, identity } from './support/certificates.js';
import { PLATFORMS, TestApplication, type ApplicationOptions } from './support/application.js';
import { until } from './support/until.js';

const trusting = { tls: { ca: AUTHORITY } };
const clients = new ClientPool();
let application: TestApplication | undefined;

afterEach(async () => {
  await clients.closeAll();
  await application?.stop();
  application = undefined;
});

/** A gateway at `/hello` that says hello; `names` are its class and path. */
function gateway(options: Partial<ChainGatewayOptions>) {
  @ChainGateway({ path: '/hello', codec: json(), ...options })
  class HelloGateway {
    @SubscribeMessage('hello')
    hello() {
      return { hello: true };
    }
  }
  return HelloGateway;
}

async function start(
  options: Partial<ChainGatewayOptions>,
  rest: ApplicationOptions = {},
): Promise<{ port: number; url: string }> {
  const secret = gateway({ port: 'free', address: '127.0.0.1', ...options });
  const open = gateway({ path: '/open' });
  application = await TestApplication.start({ providers: [secret, open], ...rest });
  const { endpoints } = application.app.get(SessionRegistry);
  const port = endpoints.find(({ name }) => name === '/hello')?.port ?? 0;
  return { port, url: `wss://127.0.0.1:${String(port)}/hello` };
}

function refusals(reason: string): number {
  const refused = application?.app.get(METRICS).snapshot();
  const family = refused?.find(
    ({ definition }) => definition.name === 'sluice_connections_refused_total',
  );
  return family?.samples.find(({ labels }) => labels.reason === reason)?.value ?? 0;
}

describe.each(PLATFORMS)('TLS of a gateway (%s)', (platform) => {
  it('is spoken on its port, while the application stays plain', async () => {
    const { url } = await start({ tls: identity('server') }, { platform });
    const client = await clients.connect(url, trusting);
    client.send({ type: 'hello' });
    expect(await client.nextJson()).toEqual({ hello: true });
    const plain = await application?.connect('/open');
    plain?.send({ type: 'hello' });
    expect(await plain?.nextJson()).toEqual({ hello: true });
    const spoken = application?.app.get(SessionRegistry).endpoints ?? [];
    expect(new Map(spoken.map(({ name, secure }) => [name, secure]))).toEqual(
      new Map([
        ['/hello', true],
        ['/open', false],
      ]),
    );
    const described = application?.app.get(GatewayCatalogue).gateways ?? [];
    expect(described.map(({ secure }) => secure)).toEqual(spoken.map(({ secure }) => secure));
  });
});

describe('TLS of a gateway', () => {
  it('is spoken at every address of a name', async () => {
    const { port } = await start({ tls: identity('server'), address: ['127.0.0.1', '127.0.0.2'] });
    const far = { tls: { ca: AUTHORITY, servername: 'localhost' } };
    await clients.connect(`wss://127.0.0.2:${String(port)}/hello`, far);
  });

  it('does not stand for another name or authority', async () => {
    const { url } = await start({ tls: identity('server') });
    await expect(clients.connect(url)).rejects.toThrow('unable to verify');
    const misnamed = { tls: { ca: AUTHORITY, servername: 'wallet.example' } };
    await expect(clients.connect(url, misnamed)).rejects.toThrow('altnames');
  });

  it('gives plain requests and upgrades nothing', async () => {
    const { port } = await start({ tls: identity('server') });
    await expect(clients.connect(`ws://127.0.0.1:${String(port)}/hello`)).rejects.toThrow();
    await until(() => refusals('tls') === 1);
  });

  it('chooses the certificate by the name that is asked for', async () => {
    const contexts: string[] = [];
    const { createSecureContext } = await import('node:tls');
    const { url } = await start({
      tls: {
        SNICallback: (name, done) => {
          contexts.push(name);
          done(null, createSecureContext(identity('server')));
        },
      },
    });
    await clients.connect(url, { tls: { ca: AUTHORITY, servername: 'localhost' } });
    expect(contexts).toEqual(['localhost']);
  });

  it('is renewed without a restart, and connections stay', async () => {
    let current: 'server' | 'renewed' = 'server';
    let broken = false;
    const load = async (): Promise<ListenerTls> => {
      await Promise.resolve();
      return broken ? { key: 'no key', cert: 'no certificate' } : identity(current);
    };
    const { port, url } = await start({ tls: { load }, address: ['127.0.0.1', '127.0.0.2'] });
    const names = async (): Promise<unknown[]> =>
      Promise.all(['127.0.0.1', '127.0.0.2'].map((host) => shownName(port, host)));
    expect(await names()).toEqual(['Sluice server', 'Sluice server']);
    const client = await clients.connect(url, trusting);

    current = 'renewed';
    const certificates = application?.app.get(TlsCertificates);
    await certificates?.reload();
    expect(await names()).toEqual(['Sluice server, renewed', 'Sluice server, renewed']);
    client.send({ type: 'hello' });
    expect(await client.nextJson()).toEqual({ hello: true });

    broken = true;
    await expect(certificates?.reload()).rejects.toThrow();
    expect(await names()).toEqual(['Sluice server, renewed', 'Sluice server, renewed']);
  });

  it('does not wait for clients that do not finish the handshake', async () => {
    const { port } = await start({ tls: identity('server'), limits: { handshakeMs: 200 } });
    const silent = connect(port, '127.0.0.1').on('error', () => undefined);
    await once(silent.resume(), 'close');
    const begun = connect(port, '127.0.0.1').on('error', () => undefined);
    begun.write(Buffer.from('160301', 'hex'));
    await once(begun.resume(), 'close');
    await until(() => refusals('tls') === 1);
  });

  it('bounds the handshakes under way, of each address', async () => {
    const { port, url } = await start({
      tls: identity('server'),
      limits: { connectionsPerAddress: 2 },
    });
    const silent = [1, 2].map(() => connect(port, '127.0.0.1'));
    await Promise.all(silent.map((socket) => once(socket, 'connect')));
    const third = connect(port, '127.0.0.1').on('error', () => undefined);
    await once(third.resume(), 'close');
    expect(refusals('limit')).toBe(1);
    await clients.connect(url, { ...trusting, localAddress: '127.0.0.2' });
    expect(refusals('tls')).toBe(0);
    for (const socket of silent) socket.destroy();
  });

  it('does not hold the end up', async () => {
    const { port } = await start({ tls: identity('server') });
    const silent = connect(port, '127.0.0.1');
    await once(silent, 'connect');
    const idle = connectTls({ port, host: '127.0.0.1', ca: AUTHORITY });
    idle.on('error', () => undefined);
    await once(idle, 'secureConnect');
    const gone = [once(silent.resume(), 'close'), once(idle.resume(), 'close')];
    await application?.stop();
    application = undefined;
    await Promise.all(gone);
  });
});

describe('Options of TLS', () => {
  const startWith = (...all: Partial<ChainGatewayOptions>[]): Promise<unknown> => {
    const [First, Second] = all.map((options) => gateway(options));
    const providers = [First, Second].flatMap((type) => type ?? []);
    return TestApplication.start({ providers });
  };

  it.each<[string, Partial<ChainGatewayOptions>]>([
    ['a port of its own', { tls: identity('server') }],
    ['`key` and `cert`', { port: 'free', tls: {} }],
    [
      'key values mismatch',
      { port: 'free', tls: { ...identity('server'), key: identity('client').key } },
    ],
    [
      '`requestCert` needs `ca`',
      { port: 'free', tls: { ...identity('server'), requestCert: true } },
    ],
  ])('that cannot work are refused: %s', async (words, options) => {
    const failed = startWith(options);
    await expect(failed).rejects.toThrow(OptionsError);
    await expect(failed).rejects.toThrow(words);
  });

  it('must be the same for all gateways of a port', async () => {
    const port = 5;
    const failed = startWith(
      { port, tls: identity('server') },
      { port, path: '/other', tls: identity('server') },
    );
    await expect(failed).rejects.toThrow(OptionsError);
    const half = startWith({ port, tls: identity('server') }, { port, path: '/other' });
    await expect(half).rejects.toThrow('all gateways on it need the same object, or none');
  });

  it('are asked for certificates before the port is open', async () => {
    const load = (): never => {
      throw new Error('the key is not readable');
    };
    await expect(startWith({ port: 'free', tls: { load } })).rejects.toThrow('not readable');
  });
});

/** Common name of the certificate that a server shows. */
async function shownName(port: number, host: string): Promise<unknown> {
  const socket = connectTls({ port, host, ca: AUTHORITY, servername: 'localhost' });
  await once(socket, 'secureConnect');
  const { subject } = socket.getPeerCertificate();
  socket.destroy();
  return subject.CN;
}
