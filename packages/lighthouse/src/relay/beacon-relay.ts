/**
 * Follows the event stream of a beacon node of today and says what the old socket would have said (contract 13). Messages are
 * dealt with one after the other; after each connection, and after each gap the node admits, the relay asks where the head is
 * and catches up.
 */
import { systemClock } from '@sluice/engine';
import { pause, RelayFigures, UpstreamLink, type Attempt, type LinkStatus } from '@sluice/relay';
import type { BeaconEvents } from '../objects/beacon-events.js';
import type { Hex } from '../objects/beacon-objects.js';
import type {
  AttestationMessage,
  BlockMessage,
  FinalizedMessage,
  HeaderPlace,
  HeadMessage,
  HeadPlace,
  SingleAttestationMessage,
  StreamMessage,
} from './beacon-api.js';
import { BeaconNode, BeaconNodeError } from './beacon-node.js';
import {
  RELAY_DEFAULTS,
  type BeaconRelayOptions,
  type RelaySettings,
} from './beacon-relay.options.js';
import { BlockImporter } from './block-importer.js';
import { HeadFollower } from './head-follower.js';
import { Recent } from './recent.js';
import { attestationOf, finalizationOf, headMessageOf, singleAttestationOf } from './translate.js';

/** Where a relay's events go. */
export interface RelayTarget {
  publish<K extends keyof BeaconEvents>(type: K, data: BeaconEvents[K]): void;
  /** Hears of what is lost. */
  warn(message: string): void;
}

/** Newest names first: a node refuses the whole request for one topic that it does not know. */
const TOPICS = [
  ['block', 'finalized_checkpoint', 'head_v2'],
  ['block', 'finalized_checkpoint', 'head'],
];
const ATTESTATION_TOPICS = [['attestation', 'single_attestation'], ['attestation']];

/** Messages that may wait; above it nothing more is read from the node. */
const MOST_WAITING = 1000;
const REMEMBERED_COMMITTEES = 256;
const GAP = /^\s*error\b.*\bdropped\b/;

/** One connection to a node. */
interface Link {
  readonly node: BeaconNode;
  readonly signal: AbortSignal;
  /** How many messages have come over it. */
  received: number;
  /** How many of them had come when the node told its head, which may be older or newer than what they say. */
  early: number;
}

export class BeaconRelay {
  private readonly settings: RelaySettings;
  private readonly link: UpstreamLink<string>;
  private readonly figures: RelayFigures;
  private readonly heads: HeadFollower;
  private readonly importer: BlockImporter;
  private readonly committees = new Recent<string, readonly string[]>(REMEMBERED_COMMITTEES);

  /** @throws RangeError if there is no upstream. */
  constructor(
    options: BeaconRelayOptions,
    private readonly target: RelayTarget,
  ) {
    const { upstreams, backOff, clock = systemClock, metrics, ...rest } = options;
    this.settings = { ...RELAY_DEFAULTS, ...rest, clock };
    this.figures = new RelayFigures({
      relay: 'lighthouse',
      clock,
      ...(metrics !== undefined && { metrics }),
    });
    this.heads = new HeadFollower(clock, (head) => target.publish('beacon.head-changed', head));
    this.importer = new BlockImporter({
      clock,
      retryMs: this.settings.blockRetryMs,
      imported: (imported) => target.publish('beacon.block-imported', imported),
      warn: (message) => target.warn(message),
    });
    this.link = new UpstreamLink({
      upstreams,
      clock,
      figures: this.figures,
      ...(backOff !== undefined && { backOff }),
      attempt: (attempt) => this.follow(attempt),
      onStatus: ({ state, upstream, cause }) => {
        if (state === 'waiting') target.warn(`${upstream}: ${cause?.message ?? 'gone'}`);
      },
    });
  }

  get status(): LinkStatus<string> {
    return this.link.status;
  }

  /** The head that clients know; undefined until a node was asked for the first time. */
  get head(): HeadPlace | undefined {
    return this.heads.head;
  }

  start(): void {
    this.link.start();
  }

  async stop(): Promise<void> {
    await this.link.stop();
    this.heads.release();
  }

  private async follow(attempt: Attempt<string>): Promise<void> {
    const failing = new AbortController();
    const signal = AbortSignal.any([attempt.signal, failing.signal]);
    const node = new BeaconNode(attempt.upstream, signal);
    const messages = await this.open(node);
    attempt.online();
    const link: Link = { node, signal, received: 0, early: 0 };
    let waiting = 0;
    let work = this.catchUp(link);
    const fail = (error: unknown): void => {
      failing.abort(error);
    };
    work.catch(fail);
    for await (const message of messages) {
      const number = ++link.received;
      waiting++;
      work = work.then(() => this.take(message, number, link)).finally(() => waiting--);
      work.catch(fail);
      if (waiting >= MOST_WAITING) await work;
    }
    await work;
  }

  private async open(node: BeaconNode): Promise<AsyncIterable<StreamMessage>> {
    const attestations = this.settings.attestations ? ATTESTATION_TOPICS : [[]];
    const wishes = TOPICS.flatMap((topics) => attestations.map((more) => [...topics, ...more]));
    let refusal: unknown;
    for (const topics of wishes) {
      try {
        return await node.events(topics);
      } catch (error) {
        if (!(error instanceof BeaconNodeError && error.status === 400)) throw error;
        refusal = error;
      }
    }
    throw refusal as Error;
  }

  /** Seeds the head, or moves it to where the node's is by now, with the blocks in between. */
  private async catchUp(link: Link): Promise<void> {
    const { node, signal } = link;
    const head = await node.header('head');
    if (head === undefined) throw new Error('The node has no head');
    link.early = link.received;
    const known = this.heads.head;
    if (known === undefined) {
      this.heads.seed(head);
    } else if (known.root !== head.root) {
      const { roots, complete } = await this.missed(head, known, node);
      this.figures.gap(complete ? 'filled' : 'lost');
      for (const root of roots) await this.importer.import(root, node, signal);
      await this.heads.move(head, (root) => node.header(root), 0);
    }
  }

  /** Blocks from the last known one to the head, oldest first, and whether that is all of them. */
  private async missed(
    head: HeaderPlace,
    known: HeadPlace,
    node: BeaconNode,
  ): Promise<{ readonly roots: readonly Hex[]; readonly complete: boolean }> {
    const roots: Hex[] = [];
    let at: HeaderPlace | undefined = head;
    while (at !== undefined && roots.length < this.settings.missedBlocks) {
      if (at.root === known.root || this.importer.knows(at.root)) return { roots, complete: true };
      roots.unshift(at.root);
      at = await node.header(at.parent);
    }
    return { roots, complete: false };
  }

  /** @param number of the message in its connection. */
  private async take(message: StreamMessage, number: number, link: Link): Promise<void> {
    if ('comment' in message) {
      if (GAP.test(message.comment)) await this.catchUp(link);
      return;
    }
    const { node, signal } = link;
    const { event, data } = message;
    this.figures.heard();
    if (event !== 'finalized_checkpoint') this.heads.release();
    switch (event) {
      case 'head':
      case 'head_v2':
        await this.takeHead(headMessageOf(event, data), number, link);
        return;
      case 'block':
        await this.takeBlock(data as BlockMessage, node, signal);
        return;
      case 'finalized_checkpoint':
        this.takeFinalized(data as FinalizedMessage);
        return;
      case 'attestation':
        this.attested(attestationOf(data as AttestationMessage));
        return;
      case 'single_attestation':
        await this.takeSingle(data as SingleAttestationMessage, node);
    }
  }

  private async takeHead(head: HeadMessage, number: number, link: Link): Promise<void> {
    if (!this.passes(head)) return;
    const holdMs = head.epoch_transition === true ? this.settings.finalizationHoldMs : 0;
    const place = { root: head.block, slot: Number(head.slot) };
    const headerOf = (root: Hex): Promise<HeaderPlace | undefined> => link.node.header(root);
    if (number <= link.early && (await this.heads.isPast(place, headerOf))) return;
    await this.heads.move(place, headerOf, holdMs);
  }

  /** What comes behind waits for the import, so that a head does not overtake its block, but not for ever. */
  private async takeBlock(
    message: BlockMessage,
    node: BeaconNode,
    signal: AbortSignal,
  ): Promise<void> {
    if (!this.passes(message)) return;
    const { clock, importHoldMs } = this.settings;
    const done = new AbortController();
    const limit = AbortSignal.any([signal, done.signal]);
    await Promise.race([
      this.importer.import(message.block, node, signal).finally(() => {
        done.abort();
      }),
      pause(clock, importHoldMs, limit).catch(() => undefined),
    ]);
  }

  private takeFinalized(message: FinalizedMessage): void {
    if (this.passes(message)) {
      this.target.publish('beacon.finalization', finalizationOf(message));
    }
    this.heads.release();
  }

  private async takeSingle(message: SingleAttestationMessage, node: BeaconNode): Promise<void> {
    const { data, committee_index } = message;
    const key = `${String(data.slot)}/${committee_index}`;
    const committee =
      this.committees.get(key) ?? (await node.committee(String(data.slot), committee_index));
    if (committee === undefined) return;
    this.committees.set(key, committee);
    this.attested(singleAttestationOf(message, committee));
  }

  private attested(
    attestation: BeaconEvents['beacon.attestation-imported']['attestation'] | undefined,
  ): void {
    if (attestation !== undefined) {
      this.target.publish('beacon.attestation-imported', { attestation });
    }
  }

  private passes(message: { readonly execution_optimistic?: boolean }): boolean {
    return this.settings.optimistic || message.execution_optimistic !== true;
  }
}
