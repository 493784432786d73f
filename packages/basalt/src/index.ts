export { basaltEnvironment } from './basalt-environment.js';
export type { BasaltEnvironment } from './basalt-environment.js';
export { BasaltModule } from './basalt.module.js';
export type {
  BasaltExtras,
  BasaltFollowOptions,
  BasaltMode,
  BasaltOptions,
} from './basalt.options.js';
export type { BasaltBlock, BasaltInteger } from './blocks/basalt-block.js';
export { BasaltBlocks } from './blocks/basalt-blocks.service.js';
export { blockDocument, blockMessage } from './blocks/block-message.js';
export type { BlockMessageType } from './blocks/block-message.js';
export type { BasaltUpstreamStatus } from './blocks/chain-event-map.js';
export { BasaltChain } from './node-api/basalt-chain.js';
export type { MaybePromise } from './node-api/basalt-chain.js';
export { BasaltFollower } from './relay/basalt-follower.service.js';
export { BlockGateway } from './stream/block.gateway.js';
