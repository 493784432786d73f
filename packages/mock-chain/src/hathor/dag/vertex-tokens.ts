import type { VertexOutput } from '@sluice/hathor/codec';
import type { Hex32 } from '@sluice/hathor';
import type { DagVertex } from './dag-vertex.js';

/** Uid of HTR. */
export const NATIVE_TOKEN = '00';
/** In `tokenData`: the value is a mask of rights, not an amount. */
export const AUTHORITY_BIT = 0x80;
/** The rights that an authority output can give. */
export const MINT = 1n;
export const MELT = 2n;

/** The uids that a vertex's `tokenData` counts from 1. */
export function tokensOf({ hash, vertex }: DagVertex): readonly Hex32[] {
  if (vertex.version === 2) return [hash];
  return vertex.version === 1 ? vertex.tokens : [];
}

/** The token of one of the vertex's outputs. */
export function tokenOf(vertex: DagVertex, output: VertexOutput): string {
  const place = output.tokenData & ~AUTHORITY_BIT;
  if (place === 0) return NATIVE_TOKEN;
  const token = tokensOf(vertex)[place - 1];
  if (token === undefined) throw new RangeError(`${vertex.hash} has no token ${place}`);
  return token;
}

/** @throws RangeError if the vertex has no such output. */
export function outputOf({ hash, vertex }: DagVertex, index: number): VertexOutput {
  const output = vertex.outputs[index];
  if (output === undefined) throw new RangeError(`${hash} has no output ${index}`);
  return output;
}

export function isAuthority(output: VertexOutput): boolean {
  return (output.tokenData & AUTHORITY_BIT) !== 0;
}
