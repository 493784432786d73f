/**
 * One client: its WebSocket, its session and its commands. Reading stops while commands pile up or the client does not
 * take what it is sent, so that a client's memory in this process is bounded from both sides.
 */
import {
  Session,
  SluiceError,
  type ConnectionInfo,
  type DecodedCommand,
  type SessionOptions,
} from '@sluice/engine';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { FaultResponder } from '../faults/fault-responder.js';
import { INTERNAL_CLOSE_CODE } from '../faults/fault-responder.js';
import type { FaultLog } from '../faults/fault-log.js';
import type { EndpointCounters } from '../figures/endpoint-counters.js';
import type { EndpointSettings } from '../endpoint/endpoint.settings.js';
import type { Tracing } from '../tracing/tracing.js';
import type { ConnectRequest } from '../upgrade/connect-guard.js';
import type { ChainWebSocket } from './chain-web-socket.js';
import { closeFrame, InboundFrames } from './inbound-frames.js';
import { CommandQueue } from './command-queue.js';
import { CommandRate } from './command-rate.js';
import { CommandRunner, type CommandHandlers } from './command-runner.js';
import type { Patient } from './heartbeat.js';
import type { OutboundWatch, WaitingClient } from './outbound-watch.js';
import { bindSession } from './session-of.js';
import { WsSessionSocket } from './ws-session-socket.js';

/** What a connection needs of its endpoint. */
export interface ConnectionHost {
  readonly settings: EndpointSettings;
  readonly responder: FaultResponder;
  readonly counters: EndpointCounters;
  readonly log: FaultLog;
  readonly sessionOptions: SessionOptions;
  readonly tracing: Tracing | undefined;
  readonly outboundWatch: OutboundWatch;
  /** Bytes that flow control holds back for a session. */
  heldBytes(session: Session): number;
}

/** Replies that may wait for the end of the turn. */
const GATHERED_BYTES = 64 * 1024;

/** Above this many bytes of commands that wait, reading stops, however few they are. */
const PENDING_BYTES = 1024 * 1024;

const NO_PAYLOAD = Buffer.alloc(0);

interface Received {
  readonly decoded: DecodedCommand;
  readonly payload: Buffer;
}

export class ChainConnection implements Patient, WaitingClient {
  readonly session: Session;
  /** When the connection was accepted, Unix milliseconds. */
  readonly openedAt: number;
  /** When the client was last heard, or reading from it began again, on the monotonic clock. */
  heardAt: number;
  private readonly connection: Socket;
  private readonly socket: WsSessionSocket;
  private readonly queue: CommandQueue<Received>;
  private readonly rate: CommandRate;
  private runner: CommandRunner | undefined;
  private finishing = false;
  private opening: Promise<void> | undefined;

  /** @param connect not kept: the upgrade request would cost some kilobytes for as long as the connection lives. */
  constructor(
    private readonly host: ConnectionHost,
    readonly client: ChainWebSocket,
    connect: ConnectRequest,
  ) {
    this.connection = connect.request.socket;
    this.socket = new WsSessionSocket(client, this.connection, {
      blocked: () => {
        host.outboundWatch.note(this);
      },
      progressed: this.heard,
      drained: () => {
        this.drained();
      },
    });
    this.session = new Session(this.socket, connectionInfo(connect), host.sessionOptions);
    this.openedAt = this.session.clock.now();
    this.heardAt = this.session.clock.monotonic();
    this.rate = new CommandRate(host.settings.limits.commandsPerSecond, this.session.clock, () => {
      this.queue.resume();
    });
    this.queue = new CommandQueue({
      handle: (received) => this.handle(received),
      ready: () => (this.finishing || !this.rate.pausing) && this.takesMore(),
      // What was received before the end is answered before the end.
      admit: () => this.finishing || this.rate.accept(),
      changed: () => {
        this.adjustReading();
      },
    });
    if (host.settings.answersBeforeClose) client.beforeReply = () => this.answerReceived();
    bindSession(client, this.session);
    this.inspectFrames(this.connection);
    client.on('message', (data: Buffer, binary) => {
      this.receive(data, binary);
    });
    client.on('pong', this.heard).on('ping', (payload) => {
      this.heard();
      if (this.session.phase !== 'open') return;
      // Pongs count as output: a client that pings without reading would make them pile up.
      if (!this.socket.pong(payload)) this.adjustReading();
    });
    client.on('error', (error) => {
      host.log.client(`${host.settings.name}: ${error.message}`);
    });
  }

  get bytesRead(): number {
    return this.connection.bytesRead;
  }

  /** While commands pile up nobody listens to the client, which is not its fault. */
  get unheard(): boolean {
    return this.client.isPaused && this.socket.queuedBytes === 0;
  }

  ping(): void {
    if (this.session.phase === 'open') this.socket.ping();
  }

  /** A client with a full socket has more to read than it wants: a connection in use needs no Pong. */
  pong(): void {
    if (this.session.writable) this.socket.pong(NO_PAYLOAD);
  }

  get waitingBytes(): number {
    return this.session.backlog + this.host.heldBytes(this.session);
  }

  /** Commands that wait for their turn. */
  get pendingCommands(): number {
    return this.queue.length;
  }

  /** The client was not heard of any more. */
  terminate(): void {
    this.session.endsFor('heartbeat');
    this.session.terminate();
  }

  /** Sets the handlers of the client's commands. */
  bindHandlers(handlers: CommandHandlers): void {
    const { responder, counters, settings, tracing } = this.host;
    const options = { codec: settings.codec, responder, counters, tracing };
    this.runner = new CommandRunner(this.session, options, handlers);
  }

  /** Runs `hooks`, then takes up commands. */
  open(hooks: () => Promise<void>): Promise<void> {
    this.opening = this.begin(hooks).finally(() => {
      this.opening = undefined;
    });
    return this.opening;
  }

  private async begin(hooks: () => Promise<void>): Promise<void> {
    try {
      await hooks();
      this.queue.start();
    } catch (error) {
      this.host.log.internal(error, `${this.host.settings.name}: a connection hook`);
      this.session.endsFor('fault');
      this.session.close(INTERNAL_CLOSE_CODE);
    }
  }

  /** The client has sent its Close frame: what came before it is answered first, but not for ever. */
  private answerReceived(): Promise<void> | undefined {
    if (this.opening === undefined && !this.queue.busy) return undefined;
    return new Promise((resolve) => {
      const end = (): void => {
        cancel();
        this.session.flush();
        resolve();
      };
      const cancel = this.session.clock.after(this.host.settings.limits.closeMs, end);
      void Promise.resolve(this.opening)
        .then(() => this.queue.idle())
        .then(end);
    });
  }

  /** Answers what has been received, then closes the session as the dialect does at shutdown. */
  async finish(): Promise<void> {
    this.finishing = true;
    this.client.pause();
    this.queue.resume();
    await this.queue.idle();
    this.leave();
  }

  /** Closes the session as the dialect does at shutdown, whatever is still being done for it. */
  leave(): void {
    const { code, reason } = this.host.settings.shutdown;
    this.session.endsFor('shutdown');
    this.session.close(code, reason);
    this.client.resume();
  }

  /** The connection is gone. */
  ended(): void {
    this.rate.end();
    this.host.outboundWatch.forget(this);
    this.queue.clear();
    this.session.closed();
  }

  /** Only where the dialect differs from `ws`, and not on compressed frames: those make sense to `ws` alone. */
  private inspectFrames(connection: Duplex): void {
    const { discardsMessages: discards, closeCodes } = this.host.settings;
    if ((!discards && closeCodes === undefined) || this.client.extensions !== '') return;
    const [toWs] = connection.listeners('data') as ((bytes: Buffer) => void)[];
    if (toWs === undefined) return;
    const frames = new InboundFrames(
      { discards, closeCodes },
      {
        forward: (bytes) => {
          toWs.call(connection, bytes);
        },
        answerClose: (code) => {
          this.answerClose(connection, code);
        },
      },
    );
    connection.off('data', toWs).on('data', (bytes: Buffer) => {
      frames.push(bytes);
    });
  }

  /** Ends the session as `ws` would if it knew the code. */
  private answerClose(connection: Duplex, code: number): void {
    this.session.closed();
    const { closeReply, limits } = this.host.settings;
    const answer = closeReply?.(code) ?? { code };
    connection.end(closeFrame(answer));
    const cancel = this.session.clock.after(limits.closeMs, () => {
      this.client.terminate();
    });
    this.client.once('close', cancel);
  }

  private readonly heard = (): void => {
    this.heardAt = this.session.clock.monotonic();
  };

  private drained(): void {
    this.session.drained();
    this.queue.resume();
    this.adjustReading();
  }

  private receive(payload: Buffer, binary: boolean): void {
    this.heard();
    if (this.session.phase !== 'open') return;
    // The commands of one frame share its bytes.
    let bytes = payload.length;
    for (const decoded of this.decode(payload, binary)) {
      this.queue.push({ decoded, payload }, bytes);
      bytes = 0;
    }
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
      this.host.counters.unknownCommand(decoded.code);
      this.host.responder.fault(this.session, decoded, payload.toString());
      return;
    }
    this.session.commandBegins();
    await this.runner?.run(decoded);
    this.session.commandEnds();
  }

  /** Many replies of one turn leave in one write, but only the socket knows whether the client takes them. */
  private takesMore(): boolean {
    if (this.session.backlog > GATHERED_BYTES) this.session.flush();
    return this.session.writable;
  }

  private adjustReading(): void {
    if (this.session.phase !== 'open' || this.finishing) return;
    const { length, bytes } = this.queue;
    const full = length > this.host.settings.limits.pendingCommands || bytes > PENDING_BYTES;
    if (full || !this.session.writable || this.socket.queuedBytes > 0) {
      this.client.pause();
    } else if (this.client.isPaused) {
      this.heard();
      this.client.resume();
    }
  }
}

function connectionInfo(connect: ConnectRequest): ConnectionInfo {
  const { endpoint, url, params, address, headers, certificate } = connect;
  const info = { endpoint, url, params, address, headers };
  return certificate === undefined ? info : { ...info, certificate };
}
