/** Following a Basalt node without Nest: give a follower's `attempt` to an `UpstreamLink` of `@sluice/relay`. */
export { BasaltSource } from './basalt-source.js';
export type { BasaltSourceOptions, SourceStatus } from './basalt-source.js';
export { FollowedBlocks } from './followed-blocks.js';
export type { Follower, FollowerOptions } from './follower.js';
export { SourceAnswerError, SourceTimeoutError } from './http-answer.js';
export { PollFollower } from './poll-follower.js';
export { readBlock, readMessage } from './read-block.js';
export type { BlockMessage } from './read-block.js';
export { StreamFollower } from './stream-follower.js';
