/**
 * Vertices to bytes (hathor-core's vertex serialisation). A vertex is its funds part (signal bits to outputs),
 * its graph part (weight to parents, for blocks also data) and its nonce or auxiliary proof of work.
 */
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { writeAuxPow } from './aux-pow.js';
import { ByteWriter } from './byte-writer.js';
import { CodecError } from './codec-error.js';
import { MAX_BLOCK_DATA_SIZE, MAX_VERTEX_SIZE } from './limits.js';
import { writeOutputValue } from './output-value.js';
import { isBlock } from './vertex.js';
import type {
  TokenInfo,
  Transaction,
  UnminedBlock,
  Vertex,
  VertexInput,
  VertexOutput,
} from './vertex.js';

/** A vertex, or a block that has no proof of work yet: enough for all that the proof of work does not touch. */
type Draft = Transaction | UnminedBlock;

/** In well-formed text every surrogate has its other half, and `u` reads the pair as one character. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * The bytes of a vertex, as nodes exchange them.
 *
 * @throws CodecError naming the field that cannot be encoded, or if the result is above 48,000 bytes.
 */
export function encodeVertex(vertex: Vertex): Uint8Array {
  const writer = new ByteWriter();
  checkData(writer, vertex);
  writeFunds(writer, vertex);
  writeGraph(writer, vertex);
  if (vertex.version === 3) writeAuxPow(writer, vertex.auxPow);
  else writer.nonce(vertex.nonce, vertex.version === 0 ? 128 : 32);
  const bytes = writer.finish();
  if (bytes.length > MAX_VERTEX_SIZE) throw tooLarge(bytes.length);
  return bytes;
}

/**
 * Funds part and graph part: for a block, the `data` of a mining template.
 *
 * @throws CodecError naming the field that cannot be encoded.
 */
export function encodeWithoutNonce(vertex: Draft): Uint8Array {
  const writer = new ByteWriter();
  checkData(writer, vertex);
  writeFunds(writer, vertex);
  writeGraph(writer, vertex);
  return writer.finish();
}

/** Everything up to and including the outputs; for a token creation also the token's name. */
export function fundsPart(vertex: Draft): Uint8Array {
  const writer = new ByteWriter();
  writeFunds(writer, vertex);
  return writer.finish();
}

/** Weight, timestamp and parents; for a block also its data, up to 255 bytes: that 100 are allowed is a rule of nodes. */
export function graphPart(vertex: Draft): Uint8Array {
  const writer = new ByteWriter();
  writeGraph(writer, vertex);
  return writer.finish();
}

/** What the inputs sign, before hashing (see `signingHash`): the funds part with empty input data. */
export function sighash(transaction: Transaction): Uint8Array {
  const data = new Uint8Array();
  return fundsPart({
    ...transaction,
    inputs: transaction.inputs.map(({ txId, index }) => ({ txId, index, data })),
  });
}

export function tooLarge(size: number): CodecError {
  return new CodecError('TOO_LARGE', `${size} bytes, limit ${MAX_VERTEX_SIZE}`, {
    field: 'vertex',
  });
}

function writeFunds(writer: ByteWriter, vertex: Draft): void {
  writer.uint8('signalBits', vertex.signalBits);
  writer.uint8('version', vertex.version);
  if (vertex.version === 1) writer.uint8('tokens.length', vertex.tokens.length);
  if (!isBlock(vertex)) writer.uint8('inputs.length', vertex.inputs.length);
  writer.uint8('outputs.length', vertex.outputs.length);
  if (vertex.version === 1) writeHashes(writer, 'tokens', vertex.tokens);
  if (!isBlock(vertex)) writeInputs(writer, vertex.inputs);
  writeOutputs(writer, vertex.outputs);
  if (vertex.version === 2) writeTokenInfo(writer, vertex.tokenInfo);
}

function writeGraph(writer: ByteWriter, vertex: Draft): void {
  if (!Number.isFinite(vertex.weight)) {
    throw writer.error('INVALID_VALUE', 'weight', `${vertex.weight} is not finite`);
  }
  writer.double(vertex.weight);
  writer.uint32('timestamp', vertex.timestamp);
  writer.uint8('parents.length', vertex.parents.length);
  writeHashes(writer, 'parents', vertex.parents);
  if (!isBlock(vertex)) return;
  writer.uint8('data', vertex.data.length);
  writer.bytes(vertex.data);
}

function checkData(writer: ByteWriter, vertex: Draft): void {
  const size = isBlock(vertex) ? vertex.data.length : 0;
  if (size <= MAX_BLOCK_DATA_SIZE) return;
  throw writer.error('TOO_LARGE', 'data', `${size} bytes, limit ${MAX_BLOCK_DATA_SIZE}`);
}

function writeHashes(writer: ByteWriter, list: string, hashes: readonly string[]): void {
  hashes.forEach((hash, index) => {
    writer.path.enter(list, index);
    writer.hash('', hash);
  });
  writer.path.leave();
}

function writeInputs(writer: ByteWriter, inputs: readonly VertexInput[]): void {
  inputs.forEach((input, index) => {
    writer.path.enter('inputs', index);
    writer.hash('txId', input.txId);
    writer.uint8('index', input.index);
    writer.uint16('data.length', input.data.length);
    writer.bytes(input.data);
  });
  writer.path.leave();
}

function writeOutputs(writer: ByteWriter, outputs: readonly VertexOutput[]): void {
  outputs.forEach((output, index) => {
    writer.path.enter('outputs', index);
    writeOutputValue(writer, output.value);
    writer.uint8('tokenData', output.tokenData);
    writer.uint16('script.length', output.script.length);
    writer.bytes(output.script);
  });
  writer.path.leave();
}

function writeTokenInfo(writer: ByteWriter, info: TokenInfo): void {
  writer.uint8('tokenInfo.version', info.version);
  writeText(writer, 'tokenInfo.name', info.name);
  writeText(writer, 'tokenInfo.symbol', info.symbol);
}

function writeText(writer: ByteWriter, field: string, text: string): void {
  if (LONE_SURROGATE.test(text)) {
    throw writer.error('INVALID_VALUE', field, 'text with a lone surrogate has no UTF-8 form');
  }
  const bytes = utf8ToBytes(text);
  writer.uint8(`${field}.length`, bytes.length);
  writer.bytes(bytes);
}
