/** An application for clients that break the rules, and one that does not and must notice nothing. */
import { expect } from '@jest/globals';
import { SubscribeMessage } from '@nestjs/websockets';
import { json, type Session } from '@sluice/engine';
import { RawClient, type TestClient } from '@sluice/testing';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  ChainGateway,
  SessionRegistry,
  type EndpointStatus,
  type SluiceOptions,
} from '../../src/index.js';
import { TestApplication } from './application.js';
import { RecordingLogger } from './recording-logger.js';
import { until } from './until.js';

@ChainGateway({
  path: '/open',
  codec: json(),
  limits: { payloadBytes: 1024, fragments: 64 },
})
class OpenGateway {
  @SubscribeMessage('hello')
  hello() {
    return { hello: true };
  }
}

/** Not more than a moment for the head of a request. */
@ChainGateway({
  path: '/own',
  codec: json(),
  port: 'free',
  address: '127.0.0.1',
  limits: { handshakeMs: 50 },
})
class OwnPortGateway {}

/** What a client of the application says, and what it gets. */
export const HELLO = '{"type":"hello"}';
export const ANSWER = '{"hello":true}';

export class HostileBench {
  private readonly gone: WeakRef<Session>[] = [];

  private constructor(
    readonly application: TestApplication,
    private readonly logger: RecordingLogger,
    private readonly witness: TestClient,
  ) {}

  static async start(sluice: SluiceOptions = {}): Promise<HostileBench> {
    const logger = new RecordingLogger();
    const application = await TestApplication.start({
      providers: [OpenGateway, OwnPortGateway],
      logger,
      sluice: { ...sluice, limits: { connectionsPerAddress: 1000 } },
    });
    return new HostileBench(application, logger, await application.connect('/open'));
  }

  get url(): string {
    return this.application.url('/open');
  }

  /** The same on a port of its own. */
  get ownUrl(): string {
    return this.application.url('/own', this.endpoint('/own').port);
  }

  /** A client whose session is there. */
  async connect(): Promise<RawClient> {
    const client = await RawClient.connect(this.url);
    await until(() => this.sessions.length === 2);
    const session = this.sessions[1];
    if (session !== undefined) this.gone.push(new WeakRef(session));
    return client;
  }

  /** Sessions, the witness's first. */
  get sessions(): readonly Session[] {
    return this.endpoint('/open').sessions;
  }

  /** Resolves when nothing is left but the witness, who is served. */
  async alone(): Promise<void> {
    const registry = this.application.app.get(SessionRegistry);
    await until(() => registry.connections === 1 && this.sessions.length === 1);
    this.witness.send(HELLO);
    expect(await this.witness.next()).toBe(ANSWER);
  }

  /** A round trip of the witness: the server has dealt with what had arrived before. */
  async turn(): Promise<void> {
    await this.witness.ping();
    await this.witness.ping();
  }

  /** Resolves when no memory is left of the sessions that are gone. */
  async forgotten(): Promise<void> {
    setFlagsFromString('--expose-gc');
    const gc = runInNewContext('gc') as () => void;
    await until(() => {
      gc();
      return this.gone.every((session) => session.deref() === undefined);
    });
  }

  async stop(): Promise<void> {
    await this.application.stop();
    expect(this.logger.at('error')).toEqual([]);
  }

  private endpoint(name: string): EndpointStatus {
    const { endpoints } = this.application.app.get(SessionRegistry);
    const found = endpoints.find((endpoint) => endpoint.name === name);
    if (found === undefined) throw new Error(`There is no ${name}`);
    return found;
  }
}
