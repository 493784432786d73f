import { HttpStatus, Injectable } from '@nestjs/common';
import { ConnectGuard, UpgradeRefusal, type ConnectRequest } from '@sluice/nestjs';
import { STREAM_REFUSAL } from './stream-refusal.js';

/** A node speaks version 13 of the protocol over HTTP/1.1, and nothing earlier (contract 3). */
@Injectable()
export class VersionGuard extends ConnectGuard {
  canConnect({ headers, request }: ConnectRequest): boolean {
    if (headers['sec-websocket-version'] === '13' && request.httpVersion === '1.1') return true;
    throw new UpgradeRefusal(HttpStatus.BAD_REQUEST, STREAM_REFUSAL);
  }
}
