import { Module } from '@nestjs/common';
import { json, type Session } from '@sluice/engine';
import {
  ChainGateway,
  SluiceModule,
  type ConnectRequest,
  type ListenerTls,
  type OnSessionOpen,
} from '@sluice/nestjs';
import { readFile } from 'node:fs/promises';
import { CertificateGuard } from './certificate.guard.js';
import { JwtGuard } from './jwt.guard.js';

const file = (name: string): Promise<Buffer> => readFile(`${process.env.TLS_DIR ?? ''}/${name}`);

/** Read at start, and again for `TlsCertificates.reload()`. */
const load = async (): Promise<ListenerTls> => ({
  key: await file('server.key.pem'),
  cert: await file('server.cert.pem'),
  ca: await file('authority.cert.pem'),
});

const portOf = (gateway: string, fallback: number): number =>
  Number(process.env[`${gateway}_PORT`] ?? fallback);

abstract class Greeting implements OnSessionOpen {
  onSessionOpen(session: Session, { locals }: ConnectRequest): void {
    session.send(JSON.stringify({ hello: locals.client }));
  }
}

/** ws:// on the application's own port: a proxy in front has the certificate. */
@ChainGateway({ path: '/wallets', codec: json(), guards: [JwtGuard] })
export class WalletGateway extends Greeting {}

/** wss:// on a port of its own, whatever the application speaks. */
@ChainGateway({
  path: '/wallets',
  codec: json(),
  guards: [JwtGuard],
  port: portOf('DIRECT', 8443),
  tls: { load },
})
export class DirectGateway extends Greeting {}

/** wss:// for clients with a certificate of our authority: others do not get as far as a request. */
@ChainGateway({
  path: '/indexers',
  codec: json(),
  guards: [CertificateGuard],
  port: portOf('INDEXER', 8444),
  tls: { load, requestCert: true, rejectUnauthorized: true },
})
export class IndexerGateway extends Greeting {}

@Module({
  imports: [SluiceModule.forRoot()],
  providers: [WalletGateway, DirectGateway, IndexerGateway, JwtGuard, CertificateGuard],
})
export class SecuredModule {}
