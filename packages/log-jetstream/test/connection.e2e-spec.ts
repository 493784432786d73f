/** Ways to be let in. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { FanOutPublisher } from '@sluice/engine';
import { natsFanOut, type JetStreamConnection } from '../src/index.js';
import { event, texts, textsFrom } from './support/events.js';
import { LogSite } from './support/log-site.js';
import { Hearer } from './support/nodes.js';

let site: LogSite;
afterEach(() => site.end());

async function isLetIn(connection: JetStreamConnection): Promise<void> {
  const log = await site.store({ connection }).open('events', { epoch: 'e' });
  await log.append([event(log.head + 1)]);
  expect(await textsFrom(log)).toEqual(texts(0, log.head));
  const fanOut = natsFanOut({ servers: site.server.url, connection });
  const gateway = new Hearer();
  const subscription = await fanOut.follow(gateway.listener);
  const writer: FanOutPublisher = await fanOut.publisher();
  writer.send({ type: 'n', time: 0, data: 1 });
  await gateway.until(1);
  await Promise.all([writer.close(), subscription.close()]);
}

async function isRefused(connection: JetStreamConnection): Promise<void> {
  const refused = { code: 'STATE', details: { reason: 'unreachable' } };
  const store = site.store({ connection, timeout: 1000 });
  await expect(store.open('events', { epoch: 'e' })).rejects.toMatchObject(refused);
  const fanOut = natsFanOut({ servers: site.server.url, connection, timeout: 1000 });
  await expect(fanOut.publisher()).rejects.toMatchObject(refused);
}

it('a token lets in, and a wrong one does not', async () => {
  site = await LogSite.start({ settings: ['authorization { token: secret }'] });
  await isLetIn({ token: 'secret' });
  await isRefused({ token: 'wrong' });
});

describe('TLS', () => {
  let folder: string;
  const file = (name: string): string => join(folder, name);
  const text = (name: string): string => readFileSync(file(name), 'utf8');

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-tls-'));
    const openssl = (...args: string[]) =>
      execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
    const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
    for (const name of ['server', 'client']) {
      const subject = [
        '-subj',
        `/CN=${name}`,
        '-addext',
        'subjectAltName=DNS:localhost,IP:127.0.0.1',
      ];
      const files = ['-keyout', `${name}.key`, '-out', `${name}.pem`];
      openssl(...request, '-nodes', '-days', '2', ...subject, ...files);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const serving = async (...more: string[]): Promise<void> => {
    const tls = [`cert_file: "${file('server.pem')}"`, `key_file: "${file('server.key')}"`];
    site = await LogSite.start({ settings: [`tls { ${[...tls, ...more].join(', ')} }`] });
  };

  it('is used with an authority that is given as text or as a file', async () => {
    await serving();
    await isLetIn({ tls: { ca: text('server.pem') } });
    await isLetIn({ tls: { caFile: file('server.pem') } });
    await isRefused({ tls: { ca: text('client.pem') } });
  });

  it('shows a certificate of our own', async () => {
    await serving(`ca_file: "${file('client.pem')}"`, 'verify: true');
    const caFile = file('server.pem');
    await isLetIn({ tls: { caFile, certFile: file('client.pem'), keyFile: file('client.key') } });
    await isLetIn({ tls: { caFile, cert: text('client.pem'), key: text('client.key') } });
    await isRefused({ tls: { caFile } });
  });
});
