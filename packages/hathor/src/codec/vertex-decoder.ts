import { readAuxPow } from './aux-pow.js';
import { ByteReader } from './byte-reader.js';
import { MAX_BLOCK_DATA_SIZE, MAX_MERKLE_PATH_LINKS, MAX_VERTEX_SIZE } from './limits.js';
import { readOutputValue } from './output-value.js';
import { isTransaction } from './vertex.js';
import type { TokenInfo, Vertex, VertexInput, VertexOutput } from './vertex.js';
import { tooLarge } from './vertex-encoder.js';

/** Options of {@link decodeVertex}. */
export interface DecodeVertexOptions {
  /** Most links of a merge-mined block's merkle path. Default 12; 20 after a feature activation. */
  readonly maxMerklePathLinks?: number;
  /**
   * Whether what nodes can read and still never take in is decoded too: a weight that is not finite, an output value of 0,
   * more than 100 bytes of data, an auxiliary proof of work without its `Hath` or with too many links. Headers of transactions
   * are passed over, whatever is in them. Such a vertex does not encode again. Default false.
   */
  readonly shapeOnly?: boolean;
}

type Limits = Required<DecodeVertexOptions>;

const DEFAULT_LIMITS: Limits = {
  maxMerklePathLinks: MAX_MERKLE_PATH_LINKS,
  shapeOnly: false,
};

/** First bytes of the headers that a transaction may have behind its nonce: calls of contracts, and fees. */
const HEADERS: ReadonlySet<number> = new Set([0x10, 0x11]);

// A byte order mark is part of the text: without it other bytes, and another id, would come out.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The vertex in `bytes`. What it returns encodes to exactly the same bytes again, unless `shapeOnly` is asked for, and
 * shares no memory with them.
 * Headers (nano contracts, fees) and versions other than 0 to 3 are not known to this codec.
 *
 * @throws CodecError with field and offset; nothing else, whatever the bytes are.
 */
export function decodeVertex(bytes: Uint8Array, options: DecodeVertexOptions = {}): Vertex {
  if (bytes.length > MAX_VERTEX_SIZE) throw tooLarge(bytes.length);
  const reader = new ByteReader(bytes);
  const limits = { ...DEFAULT_LIMITS, ...options };
  const vertex = readVertex(reader, limits);
  if (limits.shapeOnly && isTransaction(vertex)) reader.skipRest(HEADERS);
  reader.end();
  return vertex;
}

function readVertex(reader: ByteReader, limits: Limits): Vertex {
  const signalBits = reader.uint8('signalBits');
  const version = reader.uint8('version');
  switch (version) {
    case 0: {
      const block = readBlock(reader, signalBits, limits);
      return { version, ...block, nonce: reader.uint128('nonce') };
    }
    case 3: {
      const block = readBlock(reader, signalBits, limits);
      const auxPow = readAuxPow(reader, limits);
      return { version, ...block, nonce: 0n, auxPow };
    }
    case 1: {
      const tokenCount = reader.uint8('tokens.length');
      const inputCount = reader.uint8('inputs.length');
      const outputCount = reader.uint8('outputs.length');
      const tokens = readHashes(reader, 'tokens', tokenCount);
      const funds = readFunds(reader, inputCount, outputCount, limits);
      return {
        version,
        signalBits,
        tokens,
        ...funds,
        ...readGraph(reader, limits),
        nonce: readNonce(reader),
      };
    }
    case 2: {
      const inputCount = reader.uint8('inputs.length');
      const outputCount = reader.uint8('outputs.length');
      const funds = readFunds(reader, inputCount, outputCount, limits);
      const tokenInfo = readTokenInfo(reader);
      return {
        version,
        signalBits,
        ...funds,
        tokenInfo,
        ...readGraph(reader, limits),
        nonce: readNonce(reader),
      };
    }
    default:
      throw reader.error('UNKNOWN_VERSION', 'version', `${version} is none of 0, 1, 2, 3`);
  }
}

function readBlock(reader: ByteReader, signalBits: number, limits: Limits) {
  const outputs = readOutputs(reader, reader.uint8('outputs.length'), limits);
  const graph = readGraph(reader, limits);
  const length = reader.uint8('data.length');
  if (!limits.shapeOnly && length > MAX_BLOCK_DATA_SIZE) {
    throw reader.error('TOO_LARGE', 'data.length', `${length} bytes, limit ${MAX_BLOCK_DATA_SIZE}`);
  }
  return { signalBits, outputs, ...graph, data: reader.bytes('data', length) };
}

function readFunds(reader: ByteReader, inputCount: number, outputCount: number, limits: Limits) {
  const inputs = readInputs(reader, inputCount);
  return { inputs, outputs: readOutputs(reader, outputCount, limits) };
}

function readGraph(reader: ByteReader, { shapeOnly }: Limits) {
  const weight = reader.double('weight');
  if (!shapeOnly && !Number.isFinite(weight)) {
    throw reader.error('INVALID_VALUE', 'weight', `${weight} is not finite`);
  }
  const timestamp = reader.uint32('timestamp');
  return {
    weight,
    timestamp,
    parents: readHashes(reader, 'parents', reader.uint8('parents.length')),
  };
}

function readNonce(reader: ByteReader): bigint {
  return BigInt(reader.uint32('nonce'));
}

function readHashes(reader: ByteReader, list: string, count: number): string[] {
  return readList(reader, list, count, () => reader.hash(''));
}

function readInputs(reader: ByteReader, count: number): VertexInput[] {
  return readList(reader, 'inputs', count, () => ({
    txId: reader.hash('txId'),
    index: reader.uint8('index'),
    data: reader.bytes('data', reader.uint16('data.length')),
  }));
}

function readOutputs(reader: ByteReader, count: number, { shapeOnly }: Limits): VertexOutput[] {
  return readList(reader, 'outputs', count, () => ({
    value: readOutputValue(reader, shapeOnly),
    tokenData: reader.uint8('tokenData'),
    script: reader.bytes('script', reader.uint16('script.length')),
  }));
}

function readList<T>(reader: ByteReader, list: string, count: number, element: () => T): T[] {
  const elements: T[] = [];
  for (let index = 0; index < count; index++) {
    reader.path.enter(list, index);
    elements.push(element());
  }
  reader.path.leave();
  return elements;
}

function readTokenInfo(reader: ByteReader): TokenInfo {
  const version = reader.uint8('tokenInfo.version');
  if (version !== 1 && version !== 2) {
    throw reader.error('INVALID_VALUE', 'tokenInfo.version', `${version} is neither 1 nor 2`);
  }
  const name = readText(reader, 'tokenInfo.name');
  return { version, name, symbol: readText(reader, 'tokenInfo.symbol') };
}

function readText(reader: ByteReader, field: string): string {
  const bytes = reader.bytes(field, reader.uint8(`${field}.length`));
  try {
    return utf8.decode(bytes);
  } catch {
    throw reader.error('INVALID_VALUE', field, 'not valid UTF-8');
  }
}
