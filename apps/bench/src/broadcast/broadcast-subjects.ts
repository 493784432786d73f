/** Servers that send the same message to everybody: Sluice, and what one would use instead. */
import type { Subject } from '../scenarios/scenario.js';

const server = (name: string): URL => new URL(`./${name}.server.js`, import.meta.url);

export const SLUICE: Subject = { name: 'sluice', module: server('sluice') };
export const NEST: Subject = { name: 'Nest WsAdapter, send loop', module: server('nest-loop') };
export const NEST_OBSERVABLE: Subject = {
  name: 'Nest WsAdapter, Observable',
  module: server('nest-observable'),
  audience: { greetings: ['{"event":"follow"}'] },
};
export const SOCKET_IO: Subject = {
  name: 'Nest IoAdapter, room',
  module: server('nest-socket-io'),
  audience: { protocol: 'socket.io' },
};
export const WS: Subject = { name: 'ws, string', module: server('ws-string') };
export const WS_BUFFER: Subject = { name: 'ws, buffer', module: server('ws-buffer') };
export const WS_PREPARED: Subject = { name: 'ws, prepared frame', module: server('ws-prepared') };
export const BUN: Subject = {
  name: 'Bun, publish',
  module: server('bun'),
  program: 'bun',
  runtime: 'bun',
};
export const NATS: Subject = {
  name: 'nats-server',
  module: server('nats'),
  program: 'nats-server',
  audience: { protocol: 'nats' },
};
export const MOSQUITTO: Subject = {
  name: 'mosquitto',
  module: server('mosquitto'),
  program: 'mosquitto',
  audience: { protocol: 'mqtt' },
};
export const NET: Subject = { name: 'net, write loop (the limit)', module: server('net') };
