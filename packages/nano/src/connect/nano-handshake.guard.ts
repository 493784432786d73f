import { Injectable } from '@nestjs/common';
import { ConnectGuard, UpgradeRefusal, type ConnectRequest } from '@sluice/nestjs';

/** What a node's sockets speak. */
const VERSION = '13';
const KEY = /^[A-Za-z0-9+/]{22}==$/;

/** What is no upgrade gets a 400, another version of WebSocket a 426, both with a short text (contract 2.2). */
@Injectable()
export class NanoHandshakeGuard extends ConnectGuard {
  canConnect({ request }: ConnectRequest): boolean {
    const { method, httpVersion, headers } = request;
    const protocols = (headers.upgrade ?? '').toLowerCase().split(',');
    if (method !== 'GET') throw new UpgradeRefusal(400, 'Not a GET request');
    if (httpVersion !== '1.1') throw new UpgradeRefusal(400, 'Not HTTP/1.1');
    if (headers.host === undefined) throw new UpgradeRefusal(400, 'No Host');
    if (!protocols.some((protocol) => protocol.trim() === 'websocket')) {
      throw new UpgradeRefusal(400, 'Not an upgrade to WebSocket');
    }
    if (!KEY.test(headers['sec-websocket-key'] ?? '')) {
      throw new UpgradeRefusal(400, 'No valid Sec-WebSocket-Key');
    }
    this.assertVersion(headers['sec-websocket-version']);
    return true;
  }

  private assertVersion(version: string | undefined): void {
    if (version === VERSION) return;
    if (version === undefined) throw new UpgradeRefusal(400, 'No Sec-WebSocket-Version');
    throw new UpgradeRefusal(426, 'Wrong Sec-WebSocket-Version', {
      'Sec-WebSocket-Version': VERSION,
    });
  }
}
