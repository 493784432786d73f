import { Module } from '@nestjs/common';
import { json, type Session } from '@sluice/engine';
import {
  ChainGateway,
  SluiceModule,
  type ConnectRequest,
  type OnSessionOpen,
} from '@sluice/nestjs';
import { ApiKeyGuard } from './api-key.guard.js';

@ChainGateway({
  path: '/private',
  codec: json(),
  guards: [ApiKeyGuard],
  origins: ['https://wallet.example'],
  limits: { connections: 1_000, connectionsPerAddress: 10, payloadBytes: 16 * 1024 },
})
export class PrivateGateway implements OnSessionOpen {
  onSessionOpen(session: Session, { locals }: ConnectRequest): void {
    session.send(JSON.stringify({ hello: locals.client }));
  }
}

@Module({
  imports: [
    SluiceModule.forRoot({
      limits: { connections: 5_000, connectionsPerAddress: 50 },
      trustedProxies: ['loopback', '10.0.0.0/8'],
    }),
  ],
  providers: [PrivateGateway, ApiKeyGuard],
})
export class GuardedModule {}
