/** A thread that finds proofs of work: gets a transaction's bytes, answers with the nonce, or undefined if there is none. */
import { decodeVertex, isBlock, mine } from '@sluice/hathor/codec';
import { parentPort } from 'node:worker_threads';

parentPort?.on('message', (bytes: Uint8Array) => {
  const vertex = decodeVertex(bytes);
  parentPort?.postMessage(isBlock(vertex) ? undefined : mine(vertex)?.nonce);
});
