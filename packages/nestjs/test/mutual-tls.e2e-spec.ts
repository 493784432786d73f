/** Clients that identify themselves by a certificate. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { json, type ClientCertificate, type Session } from '@sluice/engine';
import { ClientPool, TestClient } from '@sluice/testing';
import { once } from 'node:events';
import { connect } from 'node:tls';
import {
  ChainGateway,
  ConnectGuard,
  SessionRegistry,
  TlsCertificates,
  type ConnectRequest,
  type ListenerTls,
} from '../src/index.js';
import { PLATFORMS, TestApplication, type ApplicationOptions } from './support/application.js';
import { AUTHORITY, identity, STRANGER } from './support/certificates.js';

const MUTUAL = { ...identity('server'), ca: AUTHORITY, requestCert: true };

const INDEXER: Partial<ClientCertificate> = {
  subject: { CN: 'indexer-1' },
  issuer: { CN: 'Sluice authority, for tests only' },
  subjectAltName: 'URI:spiffe://sluice.test/indexer-1',
  validTo: Date.UTC(2120, 0, 1),
};

const clients = new ClientPool();
let application: TestApplication | undefined;

afterEach(async () => {
  await clients.closeAll();
  await application?.stop();
  application = undefined;
});

/** Remembers whom it was asked about, and lets in who has a certificate. */
class CertificateGuard extends ConnectGuard {
  readonly asked: ConnectRequest['certificate'][] = [];

  canConnect({ certificate }: ConnectRequest): boolean {
    this.asked.push(certificate);
    return certificate !== undefined;
  }
}

async function start(tls: ListenerTls | undefined, options: ApplicationOptions = {}) {
  const guard = new CertificateGuard();
  const place = tls && { tls, port: 'free' as const, address: '127.0.0.1' };
  @ChainGateway({ path: '/known', codec: json(), guards: [guard], ...place })
  class KnownGateway {}
  application = await TestApplication.start({ providers: [KnownGateway], ...options });
  const [endpoint] = application.app.get(SessionRegistry).endpoints;
  return { guard, url: `wss://127.0.0.1:${String(endpoint?.port)}/known` };
}

const showing = (name: 'client' | 'foreign') => ({ tls: { ca: AUTHORITY, ...identity(name) } });
const silent = { tls: { ca: AUTHORITY } };

function session(): Session | undefined {
  return application?.app.get(SessionRegistry).endpoints[0]?.sessions[0];
}

describe.each(PLATFORMS)('Mutual TLS (%s)', (platform) => {
  it.each(['its own', "the application's"])(
    'tells guards and sessions who the client is, on %s port',
    async (whose) => {
      const { guard, url } =
        whose === 'its own'
          ? await start(MUTUAL, { platform })
          : await start(undefined, { platform, https: MUTUAL });
      await clients.connect(url, showing('client'));
      expect(guard.asked).toMatchObject([INDEXER]);
      expect(session()?.info.certificate).toEqual(guard.asked[0]);
      expect(guard.asked[0]?.fingerprint256).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    },
  );
});

describe('Mutual TLS', () => {
  it.each([
    ['no certificate', silent],
    ['one of another authority', showing('foreign')],
  ])('ends the handshake of a client with %s', async (_, options) => {
    const { guard, url } = await start(MUTUAL);
    await expect(clients.connect(url, options)).rejects.toThrow();
    expect(guard.asked).toEqual([]);
  });

  it.each([
    ['no certificate', silent],
    ['one of another authority', showing('foreign')],
  ])('that is left to guards shows none for a client with %s', async (_, options) => {
    const { guard, url } = await start({ ...MUTUAL, rejectUnauthorized: false });
    expect(await TestClient.refused(url, options)).toMatchObject({ status: 403 });
    expect(guard.asked).toEqual([undefined]);
  });

  it('forgets an authority when it is reloaded, also for clients that resume', async () => {
    let ca = AUTHORITY;
    const { url } = await start({ ...MUTUAL, load: () => ({ ca }) });
    const { port } = new URL(url);
    const known = { host: '127.0.0.1', port: Number(port), ca: AUTHORITY, ...identity('client') };
    const first = connect(known);
    const [ticket] = (await once(first, 'session')) as [Buffer];
    const resumed = connect({ ...known, session: ticket });
    await once(resumed, 'secureConnect');
    expect(resumed.isSessionReused()).toBe(true);
    for (const socket of [first, resumed]) socket.destroy();

    ca = STRANGER;
    await application?.app.get(TlsCertificates).reload();
    const late = connect({ ...known, session: ticket }).on('error', () => undefined);
    await once(late, 'secureConnect');
    expect(late.isSessionReused()).toBe(false);
    await once(late.resume(), 'close');
    await clients.connect(url, showing('foreign'));
  });
});
