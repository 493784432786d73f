import { Inject } from '@nestjs/common';
import { inOrder, sendOnly } from '@sluice/engine';
import { ChainGateway, FlowControl, Topic } from '@sluice/nestjs';
import type { LighthouseSettings } from '../lighthouse.settings.js';
import { BEACON_ENDPOINT, LIGHTHOUSE_SETTINGS } from '../lighthouse.tokens.js';
import type {
  AttestationImported,
  AttestationRejected,
  BlockImported,
  BlockRejected,
  Finalization,
  HeadChanged,
} from '../objects/beacon-events.js';
import { beaconWire, type BeaconWire } from '../wire/beacon-wire.js';
import { BEACON_MANNERS } from './beacon-endpoint.js';

/** The event socket: every client gets every event, in one order, and is not listened to (contract 3 to 8). */
@ChainGateway({
  path: '*',
  name: 'lighthouse',
  codec: sendOnly(),
  config: BEACON_ENDPOINT,
  ...BEACON_MANNERS,
})
@FlowControl(inOrder())
export class BeaconGateway {
  private readonly wire: BeaconWire;
  private readonly attestations: boolean;

  constructor(@Inject(LIGHTHOUSE_SETTINGS) settings: LighthouseSettings) {
    this.wire = beaconWire(settings);
    this.attestations = settings.attestations;
  }

  /** A head that replaces itself is no change. */
  @Topic('beacon_head_changed', { event: 'beacon.head-changed', autoSubscribe: true })
  headChanged(head: HeadChanged): string | undefined {
    const { current_head_beacon_block_root: current, previous_head_beacon_block_root: previous } =
      head;
    return current === previous ? undefined : this.wire['beacon.head-changed'](head);
  }

  @Topic('beacon_finalization', { event: 'beacon.finalization', autoSubscribe: true })
  finalization(checkpoint: Finalization): string {
    return this.wire['beacon.finalization'](checkpoint);
  }

  @Topic('beacon_block_imported', { event: 'beacon.block-imported', autoSubscribe: true })
  blockImported(imported: BlockImported): string {
    return this.wire['beacon.block-imported'](imported);
  }

  @Topic('beacon_block_rejected', { event: 'beacon.block-rejected', autoSubscribe: true })
  blockRejected(rejected: BlockRejected): string {
    return this.wire['beacon.block-rejected'](rejected);
  }

  @Topic('beacon_attestation_imported', {
    event: 'beacon.attestation-imported',
    autoSubscribe: true,
  })
  attestationImported(imported: AttestationImported): string | undefined {
    return this.attestations ? this.wire['beacon.attestation-imported'](imported) : undefined;
  }

  @Topic('beacon_attestation_rejected', {
    event: 'beacon.attestation-rejected',
    autoSubscribe: true,
  })
  attestationRejected(rejected: AttestationRejected): string | undefined {
    return this.attestations ? this.wire['beacon.attestation-rejected'](rejected) : undefined;
  }
}
