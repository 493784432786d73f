/** What happens on a Nano network: names on the bus and their payloads. Applications publish these. */
import type {
  BlockConfirmed,
  ElectionStarted,
  ElectionStopped,
  UnconfirmedBlock,
} from './block-events.js';
import type {
  BootstrapExited,
  BootstrapStarted,
  DifficultyChanged,
  TelemetryReceived,
  WorkGenerated,
} from './node-events.js';
import type { VoteProcessed } from './vote-events.js';

/** Names and payloads of everything that the socket's topics announce (contract 6). */
export interface NanoChainEvents {
  /** A block is confirmed (cemented): topic `confirmation`. */
  'block.confirmed': BlockConfirmed;
  /** A block is in the ledger for the first time: topic `new_unconfirmed_block`. */
  'block.unconfirmed': UnconfirmedBlock;
  /** A correctly signed vote was processed: topic `vote`. */
  'vote.processed': VoteProcessed;
  /** Topic `started_election`. */
  'election.started': ElectionStarted;
  /** A block left the elections without having won a confirmed one: topic `stopped_election`. */
  'election.stopped': ElectionStopped;
  /** The network's difficulty changed: topic `active_difficulty`. */
  'difficulty.changed': DifficultyChanged;
  /** A work request ended, with work or without: topic `work`. */
  'work.generated': WorkGenerated;
  /** Another node told its telemetry: topic `telemetry`. */
  'telemetry.received': TelemetryReceived;
  /** Topic `bootstrap`, reason `started`. */
  'bootstrap.started': BootstrapStarted;
  /** Topic `bootstrap`, reason `exited`. */
  'bootstrap.exited': BootstrapExited;
}
