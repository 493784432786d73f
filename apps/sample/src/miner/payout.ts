import {
  addressScript,
  encodeAddress,
  hathorNetworks,
  isAddress,
  unittestsGenesisBlock,
} from '@sluice/hathor/codec';

/** Who is paid for blocks. */
export interface Payout {
  /** As shown; the network of an address that was given is the network that its first letter says. */
  readonly address: string;
  /** The output script that pays to it. */
  readonly script: Uint8Array;
}

/** Undefined if the text is no address of any Hathor network. */
export function payoutTo(address: string): Payout | undefined {
  const network = Object.values(hathorNetworks).find((candidate) => isAddress(address, candidate));
  return network && { address, script: addressScript(address, network) };
}

/** The first address of the reference's test words, whose wallet anyone can open: the sample's genesis wallet. */
export function publicPayout(): Payout {
  const [output] = unittestsGenesisBlock.outputs;
  if (output === undefined) throw new Error('a genesis block without output');
  // P2PKH: three opcodes, the hash, two opcodes.
  const hash = output.script.slice(3, -2);
  return {
    address: encodeAddress('P2PKH', hash, hathorNetworks.localnet),
    script: output.script,
  };
}

/** Whether a URL leads to this machine, where money of public wallets is play money. */
export function isLocal(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
