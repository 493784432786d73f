import { encodeAddress, hathorNetworks } from '@sluice/hathor/codec';
import type { HistoryVertex } from '@sluice/hathor';

export interface HistoryParameters {
  readonly addresses: number;
  /** Vertices of each address. */
  readonly vertices: number;
}

/** Messages of the stream: `begin`, addresses with their vertices, `end`. */
export const messagesOf = ({ addresses, vertices }: HistoryParameters): number =>
  2 + addresses * (1 + vertices);

/** Addresses of the main network. */
export function historyAddresses({ addresses }: HistoryParameters): string[] {
  return Array.from({ length: addresses }, (_, index) => {
    const hash = Buffer.alloc(20, index + 1);
    return encodeAddress('P2PKH', hash, hathorNetworks.mainnet);
  });
}

const hex32 = (number: number): string => number.toString(16).padStart(64, '0');

/** A transaction with one input and two outputs of an address: about 1 KB as JSON. */
export function historyVertex(address: string, number: number): HistoryVertex {
  const output = {
    value: 6400,
    token_data: 0,
    script: 'dqkUq5jFqn4kVYq4VvoVrQXqg4tBcHSIrA==',
    decoded: { type: 'P2PKH', address, timelock: null },
    token: '00',
  } as const;
  return {
    tx_id: hex32(number),
    version: 1,
    weight: 17.5,
    timestamp: 1_700_000_000 + number,
    is_voided: false,
    inputs: [{ ...output, type: 'transparent', tx_id: hex32(Math.max(0, number - 1)), index: 0 }],
    outputs: [
      { ...output, spent_by: null },
      { ...output, value: 1234, spent_by: hex32(number + 1) },
    ],
    parents: [hex32(number + 1), hex32(number + 2)],
    first_block: hex32(number + 3),
  };
}
