export { ClientPool } from './client/client-pool.js';
export type { TestMessage } from './client/message.js';
export type { Refusal } from './client/refusal.js';
export { TestClient } from './client/test-client.js';
export type { Closure, SilenceOptions, TrafficListener } from './client/test-client.js';
export type { TestClientOptions } from './client/test-client.options.js';
export { WaitError } from './waiting/wait-error.js';
export type { WaitOptions } from './waiting/wait-error.js';
