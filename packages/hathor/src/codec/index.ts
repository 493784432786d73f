export {
  decodeAddress,
  encodeAddress,
  isAddress,
  publicKeyHash,
  redeemScriptHash,
} from './address.js';
export type { AddressKind, DecodedAddress } from './address.js';
export { decodeAuxPow, encodeAuxPow } from './aux-pow.js';
export type { AuxPow } from './aux-pow.js';
export { minimalBlock, templateData } from './block-template.js';
export type { BlockTemplate } from './block-template.js';
export { CodecError } from './codec-error.js';
export type { CodecErrorCode, CodecErrorPlace } from './codec-error.js';
export {
  unittestsGenesis,
  unittestsGenesisBlock,
  unittestsGenesisTransaction1,
  unittestsGenesisTransaction2,
} from './genesis.js';
export { jsonInteger } from './json-integer.js';
export { MAX_BLOCK_DATA_SIZE, MAX_MERKLE_PATH_LINKS, MAX_VERTEX_SIZE } from './limits.js';
export { mine } from './miner.js';
export type { MineOptions } from './miner.js';
export { hathorNetworks, networkByName } from './networks.js';
export type { HathorNetwork } from './networks.js';
export { decodeOutputValue, encodeOutputValue } from './output-value.js';
export { meetsTarget, target, weightToWork, workToWeight } from './proof-of-work.js';
export {
  addressScript,
  decodeScript,
  multisigScript,
  p2pkhInputData,
  p2pkhScript,
} from './script.js';
export { isBlock, isTransaction } from './vertex.js';
export type {
  Block,
  MergeMinedBlock,
  RegularBlock,
  RegularTransaction,
  TokenCreationTransaction,
  TokenInfo,
  Transaction,
  UnminedBlock,
  Vertex,
  VertexBase,
  VertexInput,
  VertexOutput,
} from './vertex.js';
export { decodeVertex } from './vertex-decoder.js';
export type { DecodeVertexOptions } from './vertex-decoder.js';
export {
  encodeVertex,
  encodeWithoutNonce,
  fundsPart,
  graphPart,
  sighash,
} from './vertex-encoder.js';
export {
  fundsHash,
  graphHash,
  mergeMiningHash,
  miningHeader,
  signingHash,
  tokenUids,
  vertexId,
} from './vertex-id.js';
export type { DecodedScript, Hex32 } from '../events/event-data.js';
