/** What addresses of a network begin with. */
export interface HathorNetwork {
  /** The name in the node's messages. */
  readonly name: string;
  readonly p2pkhVersion: number;
  readonly multisigVersion: number;
}

/** The networks that nodes know by name. */
export const hathorNetworks = {
  mainnet: { name: 'mainnet', p2pkhVersion: 0x28, multisigVersion: 0x64 },
  testnet: { name: 'testnet-india', p2pkhVersion: 0x49, multisigVersion: 0x87 },
  nanoTestnet: { name: 'nano-testnet-bravo', p2pkhVersion: 0x49, multisigVersion: 0x87 },
  localnet: { name: 'privatenet', p2pkhVersion: 0x49, multisigVersion: 0x87 },
  unittests: { name: 'unittests', p2pkhVersion: 0x28, multisigVersion: 0x64 },
} as const satisfies Record<string, HathorNetwork>;

/** The network with this name in the node's messages, such as `testnet-india`. */
export function networkByName(name: string): HathorNetwork | undefined {
  return Object.values(hathorNetworks).find((network) => network.name === name);
}
