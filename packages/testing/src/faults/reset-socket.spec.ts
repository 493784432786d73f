import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { resetSocket } from './reset-socket.js';

/** How the peer of a connection sees its end, and what Node keeps of its own side. */
async function endBy(act: (client: Socket) => void): Promise<{ code?: string; kept: number }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const kept = () =>
    process.getActiveResourcesInfo().filter((resource) => resource === 'TCPSocketWrap').length;
  const before = kept();
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [[peer]] = (await Promise.all([once(server, 'connection'), once(client, 'connect')])) as [
    [Socket],
    unknown,
  ];
  let code: string | undefined;
  peer.resume().on('error', (error: NodeJS.ErrnoException) => (code = error.code));
  // Not `once()`, which rejects when there is an error first.
  const closed = Promise.all(
    [peer, client].map((socket) => new Promise((resolve) => socket.once('close', resolve))),
  );
  act(client);
  await closed;
  server.close();
  await once(server, 'close');
  return { ...(code !== undefined && { code }), kept: kept() - before };
}

describe('resetSocket', () => {
  it('resets a connection', async () => {
    expect(await endBy(resetSocket)).toEqual({ code: 'ECONNRESET', kept: 0 });
  });

  it('ends one that is just ending, and leaves nothing of it', async () => {
    const end = await endBy((client) => {
      client.end();
      resetSocket(client);
    });
    expect(end.kept).toBe(0);
  });
});
