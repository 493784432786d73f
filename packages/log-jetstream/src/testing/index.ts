/** A nats-server for tests and demonstrations. */
export { NatsServer } from './nats-server.js';
export type { NatsServerOptions } from './nats-server.js';
