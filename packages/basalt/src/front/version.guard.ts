import { HttpStatus, Injectable } from '@nestjs/common';
import { ConnectGuard, UpgradeRefusal, type ConnectRequest } from '@sluice/nestjs';
import { STREAM_REFUSAL } from './stream-refusal.js';

/** A node speaks version 13 of the protocol and no earlier one (contract 3). */
@Injectable()
export class VersionGuard extends ConnectGuard {
  canConnect({ headers }: ConnectRequest): boolean {
    if (headers['sec-websocket-version'] === '13') return true;
    throw new UpgradeRefusal(HttpStatus.BAD_REQUEST, STREAM_REFUSAL);
  }
}
