import * as ws from 'ws';
import type { StartServer } from '../server/measured-server.js';
import { quoteWriter, type BroadcastParameters } from './quote.js';
import { serveWs } from './serve-ws.js';

/** Parts of `ws` that its types leave out, and that Socket.IO uses in this way. */
interface Untyped {
  readonly Sender: { frame(data: Buffer, options: object): Buffer[] };
}
type Prepared = ws.WebSocket & { readonly _sender: { sendFrame(frame: readonly Buffer[]): void } };

const { Sender } = ws as unknown as Untyped;
const TEXT = { fin: true, rsv1: false, opcode: 1, mask: false, readOnly: false };

/** The whole frame made once. */
export const start: StartServer<BroadcastParameters> = (parameters) => {
  const write = quoteWriter(parameters);
  return serveWs((stamp) => {
    const frame = Sender.frame(Buffer.from(write(stamp)), TEXT);
    return (client) => (client as Prepared)._sender.sendFrame(frame);
  });
};
