/**
 * What is wrong with bytes, a vertex or an address.
 *
 * - `SHORT_INPUT`: the bytes end inside a field.
 * - `TRAILING_BYTES`: bytes are left after the last field.
 * - `TOO_LARGE`: a size or a count is above its limit.
 * - `UNKNOWN_VERSION`: the version byte is none of 0, 1, 2, 3.
 * - `INVALID_VALUE`: a value that the field cannot have.
 * - `NON_CANONICAL`: a longer encoding than the value needs.
 * - `CHECKSUM`: an address with a wrong checksum.
 * - `FOREIGN_NETWORK`: an address whose version byte belongs to no kind of this network.
 */
export type CodecErrorCode =
  | 'SHORT_INPUT'
  | 'TRAILING_BYTES'
  | 'TOO_LARGE'
  | 'UNKNOWN_VERSION'
  | 'INVALID_VALUE'
  | 'NON_CANONICAL'
  | 'CHECKSUM'
  | 'FOREIGN_NETWORK';

/** Where a {@link CodecError} happened. */
export interface CodecErrorPlace {
  /** Path of the field, such as `outputs[3].value`. */
  readonly field: string;
  /** Position in the input where the field begins; only when decoding bytes. */
  readonly offset?: number;
}

/** The only error that this codec throws. */
export class CodecError extends Error {
  override readonly name = 'CodecError';
  readonly field: string;
  readonly offset: number | undefined;

  constructor(
    readonly code: CodecErrorCode,
    readonly reason: string,
    place: CodecErrorPlace,
  ) {
    const where = place.offset === undefined ? '' : ` at offset ${place.offset}`;
    super(`${place.field}${where}: ${reason}`);
    this.field = place.field;
    this.offset = place.offset;
  }
}
