/**
 * One client: its WebSocket, its session and its commands. Reading stops while commands pile up or the client does not
 * take what it is sent, so that a client's memory in this process is bounded from both sides.
 */
import {
  Session,
  SluiceError,
  type DecodedCommand,
  type Metrics,
  type SessionOptions,
} from '@sluice/engine';
import type { FaultResponder } from '../faults/fault-responder.js';
import { INTERNAL_CLOSE_CODE } from '../faults/fault-responder.js';
import type { FaultLog } from '../faults/fault-log.js';
import type { EndpointSettings } from '../endpoint/endpoint.settings.js';
import type { ConnectRequest } from '../upgrade/connect-guard.js';
import type { ChainWebSocket } from './chain-web-socket.js';
import { CommandQueue } from './command-queue.js';
import { CommandRunner, type CommandHandlers } from './command-runner.js';
import type { Patient } from './heartbeat.js';
import { bindSession } from './session-of.js';
import { WsSessionSocket } from './ws-session-socket.js';

/** What a connection needs of its endpoint. */
export interface ConnectionHost {
  readonly settings: EndpointSettings;
  readonly responder: FaultResponder;
  readonly metrics: Metrics;
  readonly log: FaultLog;
  readonly sessionOptions: SessionOptions;
}

/** Replies that may wait for the end of the turn. */
const GATHERED_BYTES = 64 * 1024;

interface Received {
  readonly decoded: DecodedCommand;
  readonly payload: Buffer;
}

export class ChainConnection implements Patient {
  readonly session: Session;
  private lastHeard: number;
  private readonly queue: CommandQueue<Received>;
  private runner: CommandRunner | undefined;
  private finishing = false;

  /** @param connect not kept: the upgrade request would cost some kilobytes for as long as the connection lives. */
  constructor(
    private readonly host: ConnectionHost,
    readonly client: ChainWebSocket,
    connect: ConnectRequest,
  ) {
    const { clock } = (this.session = this.makeSession(connect));
    this.lastHeard = clock.now();
    this.queue = new CommandQueue({
      handle: (received) => this.handle(received),
      ready: () => this.takesMore(),
      changed: () => {
        this.adjustReading();
      },
    });
    bindSession(client, this.session);
    client.on('message', (data: Buffer, binary) => {
      this.receive(data, binary);
    });
    client.on('ping', this.heard).on('pong', this.heard);
    client.on('error', (error) => {
      host.log.client(`${host.settings.name}: ${error.message}`);
    });
    this.session.onDrain(() => {
      this.queue.resume();
      this.adjustReading();
    });
  }

  /** While commands pile up nobody listens to the client, which is not its fault. */
  get heardAt(): number {
    const deaf = this.client.isPaused && this.client.bufferedAmount === 0;
    return deaf ? this.session.clock.now() : this.lastHeard;
  }

  ping(): void {
    if (this.session.phase === 'open') this.client.ping();
  }

  terminate(): void {
    this.session.terminate();
  }

  /** Sets the handlers of the client's commands. */
  bindHandlers(handlers: CommandHandlers): void {
    const { responder, metrics, settings } = this.host;
    const options = { codec: settings.codec, responder, metrics };
    this.runner = new CommandRunner(this.session, options, handlers);
  }

  /** Runs `hooks`, then takes up commands. */
  async open(hooks: () => Promise<void>): Promise<void> {
    try {
      await hooks();
      this.queue.start();
    } catch (error) {
      this.host.log.internal(error, `${this.host.settings.name}: a connection hook`);
      this.session.close(INTERNAL_CLOSE_CODE);
    }
  }

  /** Answers what has been received, then closes the session as the dialect does at shutdown. */
  async finish(): Promise<void> {
    this.finishing = true;
    this.client.pause();
    await this.queue.idle();
    const { code, reason } = this.host.settings.shutdown;
    this.session.close(code, reason);
    this.client.resume();
  }

  /** The connection is gone. */
  ended(): void {
    this.queue.clear();
    this.session.closed();
  }

  private makeSession(connect: ConnectRequest): Session {
    const socket = new WsSessionSocket(this.client, connect.request.socket, {
      progressed: this.heard,
      drained: () => {
        this.session.drained();
      },
    });
    const { endpoint, url, params, address, headers } = connect;
    const info = { endpoint, url, params, address, headers };
    return new Session(socket, info, this.host.sessionOptions);
  }

  private readonly heard = (): void => {
    this.lastHeard = this.session.clock.now();
  };

  private receive(payload: Buffer, binary: boolean): void {
    this.heard();
    if (this.session.phase !== 'open') return;
    for (const decoded of this.decode(payload, binary)) this.queue.push({ decoded, payload });
    this.adjustReading();
  }

  private decode(payload: Buffer, binary: boolean): readonly DecodedCommand[] {
    try {
      return this.host.settings.codec.decode(payload, binary);
    } catch (error) {
      return [SluiceError.from(error)];
    }
  }

  private async handle({ decoded, payload }: Received): Promise<void> {
    if (decoded instanceof SluiceError) {
      this.host.responder.fault(this.session, decoded, payload.toString());
      return;
    }
    await this.runner?.run(decoded);
  }

  /** Many replies of one turn leave in one write, but only the socket knows whether the client takes them. */
  private takesMore(): boolean {
    if (this.session.backlog > GATHERED_BYTES) this.session.flush();
    return this.session.writable;
  }

  private adjustReading(): void {
    if (this.session.phase !== 'open' || this.finishing) return;
    const full = this.queue.length > this.host.settings.limits.pendingCommands;
    if (full || !this.session.writable) this.client.pause();
    else if (this.client.isPaused) this.client.resume();
  }
}
