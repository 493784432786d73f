import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { HttpAdapterHost } from '@nestjs/core';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A second port of the application: clients look for a node's web API where the node has it. */
export class WebApiListener implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly server: Server;

  /** @param port 0: any free one. */
  constructor(
    host: HttpAdapterHost,
    private readonly address: string,
    private readonly requestedPort: number,
  ) {
    this.server = createServer((request, response) => {
      (host.httpAdapter.getHttpServer() as Server).emit('request', request, response);
    });
  }

  /** The port it listens on. */
  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async onApplicationBootstrap(): Promise<void> {
    this.server.listen(this.requestedPort, this.address);
    await once(this.server, 'listening');
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (!this.server.listening) return;
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}
