export { AcmeModule } from './acme.module.js';
export { AcmeChain } from './acme-chain.js';
export type { AcmeBlock } from './acme-block.js';
export type { AcmeExtras, AcmeOptions } from './acme.options.js';
export { AcmeGateway } from './acme.gateway.js';
export { blockMessage } from './wire/block-message.js';
