import type { InjectionToken, Type } from '@nestjs/common';
import type { Codec, FaultMapper } from '@sluice/engine';
import type { IncomingMessage, RequestListener } from 'node:http';
import type { PerMessageDeflateOptions } from 'ws';
import type { ConnectGuard } from '../upgrade/connect-guard.js';
import type { WireContract } from '../contract/wire-contract.js';
import type { Violations } from '../connection/chain-web-socket.js';
import type { HeartbeatOptions } from './heartbeat.options.js';
import type { EndpointLimits } from './limits.js';
import type { ListenerTls } from './listener-tls.js';
import type { OriginRule } from './origins.js';

/** Contents of a Close frame; without `code` it is empty. */
export interface CloseFrame {
  readonly code?: number;
  readonly reason?: string;
}

/** Options of `@ChainGateway()`. */
export interface ChainGatewayOptions {
  /**
   * Where the endpoint is mounted: `/quotes`, several paths, or with parameters: `/rooms/:room`. `'*'` is every
   * request target, also one that cannot be read.
   */
  readonly path: string | readonly string[];
  /**
   * What metrics, traces and logs call the endpoint; default: its first path, as mounted. Endpoints of one name share their
   * figures, so those with the same path on ports of their own need names.
   */
  readonly name?: string;
  /** Between frames and commands. */
  readonly codec: Codec;
  /** What clients see of faults; default `replyFaults`. */
  readonly faults?: FaultMapper;
  /** TCP port of a listener apart from the application's own; default: the application's. `'free'`: any free one. */
  readonly port?: number | 'free';
  /** IP addresses of that listener, or names: then all addresses of a name (`localhost`). Default: all there are. */
  readonly address?: string | readonly string[];
  /**
   * TLS of that listener: `wss://`. Gateways on one port give the same object. Default: none; the application's own port has
   * Nest's `httpsOptions`.
   */
  readonly tls?: ListenerTls;
  /**
   * What plain HTTP requests get on that listener: `'application'` hands them to the application's routes, a function
   * answers them itself. They then get the upgrades that no endpoint takes, or that are no WebSocket
   * handshake, too. Default: 426 Upgrade Required.
   */
  readonly http?: 'application' | RequestListener;
  /** Whether further path segments reach the endpoint too; default false. */
  readonly leaf?: boolean;
  /** Whether paths are compared case by case; default true. */
  readonly caseSensitive?: boolean;
  /** Whether a request's path may end with a slash that the gateway's has not; default true. */
  readonly trailingSlash?: boolean;
  /** Whether the application's global prefix stands in front of the paths; default as in the module. */
  readonly globalPrefix?: boolean;
  /** Asked in order before the 101 answer: classes (resolved by the container) or instances. Default none. */
  readonly guards?: readonly (Type<ConnectGuard> | ConnectGuard)[];
  /** Which `Origin` may connect; default as in the module. */
  readonly origins?: OriginRule;
  /** How dead connections are found; default as in the module, `false`: the server never pings. */
  readonly heartbeat?: HeartbeatOptions | false;
  /** Limits of this endpoint; those it does not set are the module's. */
  readonly limits?: EndpointLimits;
  /**
   * Who finds the gateway's own `connections` reached: `'refuse'` answers HTTP 429. With a Close frame the client is let
   * in and closed at once, without ever being counted, hooks or messages. `'drop'` ends the connection without a byte and
   * counts from the moment it is accepted, handshake or not; only on a `port` of its own. Default `refuse`.
   */
  readonly atLimit?: 'refuse' | 'drop' | CloseFrame;
  /**
   * The whole HTTP answer, head and body, to an upgrade request that is no proper WebSocket handshake, such as one without
   * a key; the connection ends with it. Default: that of `ws`.
   */
  readonly badHandshake?: string;
  /**
   * Whether messages of clients are checked and thrown away as they arrive, whatever their size, instead of being collected
   * for the codec; default false.
   */
  readonly discardsMessages?: boolean;
  /** Close frame at shutdown; default code 1001. */
  readonly shutdown?: CloseFrame;
  /**
   * What answers a client's Close frame, by its code; undefined: the frame was empty. Default: the same code without a
   * reason.
   */
  readonly closeReply?: (code: number | undefined) => CloseFrame;
  /**
   * Whether what a client has sent before its Close frame is carried out and answered before that frame is, for `closeMs` at
   * most. Default false: the Close frame is answered at once, and commands that have not begun are forgotten.
   */
  readonly answersBeforeClose?: boolean;
  /**
   * What a violation of RFC 6455 brings (bad UTF-8, bad masking, a payload above the limit): a Close frame with the
   * RFC's code, none at all, or a Close frame with the reason that a function has for the code. Default `close`.
   */
  readonly violations?: Violations;
  /** Which codes a client's Close frame may have; others are answered with 1002. Default: those of RFC 6455. */
  readonly closeCodes?: (code: number) => boolean;
  /** Chooses one of the sub-protocols that a client offers; default: none is chosen. */
  readonly subprotocol?: (
    offered: ReadonlySet<string>,
    request: IncomingMessage,
  ) => string | undefined;
  /** Compresses messages one by one for clients that ask for it, which costs a lot; default false. */
  readonly compression?: boolean | PerMessageDeflateOptions;
  /** What the messages look like, for documents; changes nothing. Default: what decorators and classes tell. */
  readonly contract?: WireContract;
  /**
   * Token of options that are known at run time only: its value, found in the gateway's module, comes before the options
   * given here. Default none.
   */
  readonly config?: InjectionToken<Partial<ChainGatewayOptions>>;
}
