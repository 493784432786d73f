export {
  accountKey,
  canonicalAccount,
  decodeAccount,
  encodeAccount,
  findAccount,
  isAccount,
} from './account.js';
export type { Account, AccountPrefix } from './account.js';
export { amountBytes, amountText, MAX_AMOUNT, parseAmount } from './amount.js';
export type {
  Block,
  BlockProof,
  BlockType,
  ChangeBlock,
  LegacyBlock,
  OpenBlock,
  ReceiveBlock,
  SendBlock,
  StateBlock,
  UnsignedBlock,
} from './block.js';
export { blockHash, blockHashBytes } from './block-hash.js';
export { blockFromJson, blockToJson } from './block-json.js';
export type {
  BlockJson,
  ChangeBlockJson,
  LegacyBlockJson,
  OpenBlockJson,
  ReceiveBlockJson,
  SendBlockJson,
  StateBlockJson,
} from './block-json.js';
export { blockSubtype } from './block-subtype.js';
export type { BlockSubtype } from './block-subtype.js';
export { bytesOf, upperHex, ZERO_BYTES32 } from './bytes.js';
export type { Bytes32, Bytes64 } from './bytes.js';
export { multiplierOf, multiplierText } from './difficulty.js';
export { epochLink, epochOfLink } from './epoch-link.js';
export type { Epoch } from './epoch-link.js';
export { isSignedBy, publicKeyOf, secretKeyOf, signHash } from './keys.js';
export { hex64, unsigned64 } from './unsigned64.js';
export type { U64 } from './unsigned64.js';
export { FINAL_VOTE_TIMESTAMP, packVoteTime, signatureDecimal, voteHash } from './vote.js';
export { WireError } from './wire-error.js';
export type { WireErrorCode } from './wire-error.js';
export { generateWork, isWorkEnough, workDifficulty, workRoot } from './work.js';
export type { GenerateWorkOptions } from './work.js';
