import type { SessionOptions } from '../session/session-options.js';
import { Session } from '../session/session.js';
import type { ConnectionInfo } from '../session/session-socket.js';
import { FakeSocket, type FakeSocketOptions } from './fake-socket.js';
import { ManualClock } from './manual-clock.js';

/** A session over a {@link FakeSocket}, with a clock that a test moves. */
export interface FakeSession {
  readonly session: Session;
  readonly socket: FakeSocket;
  readonly clock: ManualClock;
}

/** What `fakeSession` may be given besides the session's own options. */
export interface FakeSessionOptions extends Omit<SessionOptions, 'clock'> {
  readonly clock?: ManualClock;
  readonly socket?: FakeSocketOptions;
  /** Facts about the connection; default: endpoint and URL `/test` from 127.0.0.1. */
  readonly info?: Partial<ConnectionInfo>;
}

/** Opens a session without a network. */
export function fakeSession(options: FakeSessionOptions = {}): FakeSession {
  const { clock = new ManualClock(), socket: socketOptions, info, ...sessionOptions } = options;
  const socket = new FakeSocket(socketOptions);
  const connection: ConnectionInfo = {
    endpoint: '/test',
    url: '/test',
    params: {},
    address: '127.0.0.1',
    headers: {},
    ...info,
  };
  return { session: new Session(socket, connection, { ...sessionOptions, clock }), socket, clock };
}
