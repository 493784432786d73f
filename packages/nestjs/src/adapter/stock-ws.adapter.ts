import { WsAdapter } from '@nestjs/platform-ws';
import type { WebSocketServer } from 'ws';
import type { Upgrade } from '../upgrade/upgrade-router.js';
import type { HttpListener, HttpListeners } from './http-listeners.js';

/**
 * The stock adapter for gateways without a dialect, except that upgrades come through our router: it does not destroy
 * connections that are not its own, and unknown paths get a 404.
 */
export class StockWsAdapter extends WsAdapter {
  constructor(private readonly listeners: HttpListeners) {
    super(listeners.app.server);
  }

  protected override ensureHttpServerExists(port: number): undefined {
    this.listenerOf(port);
  }

  protected override addWsServerToRegistry<T extends Record<'path', string>>(
    wsServer: T,
    port: number,
    path: string,
  ): void {
    const segments = path.split('/').filter((segment) => segment !== '');
    wsServer.path = `/${segments.join('/')}`;
    const server = wsServer as unknown as WebSocketServer;
    const accept = ({ request, socket, head }: Upgrade): void => {
      server.handleUpgrade(request, socket, head, (client) => {
        server.emit('connection', client, request);
      });
    };
    this.listenerOf(port).router.mount({
      match: (target) =>
        target.segments?.join('/') === segments.join('/')
          ? { specificity: Infinity, accept }
          : undefined,
    });
  }

  private listenerOf(port: number): HttpListener {
    return port === 0 ? this.listeners.app : this.listeners.at(port, { handshakeMs: 60_000 });
  }
}
