import { Injectable } from '@nestjs/common';
import { ConnectGuard, UpgradeRefusal, type ConnectRequest } from '@sluice/nestjs';
import { handshakeFault } from './handshake-fault.js';

/** Lets nobody in with whom a node would not speak. */
@Injectable()
export class NanoHandshakeGuard extends ConnectGuard {
  canConnect({ request }: ConnectRequest): boolean {
    const fault = handshakeFault(request);
    if (fault === undefined) return true;
    throw new UpgradeRefusal(fault.status, fault.text, fault.headers);
  }
}
