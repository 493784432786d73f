import type { InjectionToken, Provider } from '@nestjs/common';
import { SluiceError } from '@sluice/engine';
import type { HathorNetwork } from '../../codec/networks.js';
import { hathorNetworks, networkByName } from '../../codec/networks.js';
import type { HathorOptions } from '../../hathor.options.js';
import { HATHOR_OPTIONS } from '../../hathor.tokens.js';

/** Injects the network whose addresses the wallet socket and the node API take: one rule for both. */
export const ADDRESS_NETWORK: InjectionToken<HathorNetwork> = Symbol('HATHOR_ADDRESS_NETWORK');

export const addressNetwork: Provider<HathorNetwork> = {
  provide: ADDRESS_NETWORK,
  inject: [HATHOR_OPTIONS],
  useFactory: ({ network: name, wallet }: HathorOptions): HathorNetwork => {
    if (wallet?.addresses !== undefined) return { name, ...wallet.addresses };
    const known = networkByName(name);
    if (known !== undefined) return known;
    const names = Object.values(hathorNetworks).map((network) => network.name);
    throw new SluiceError(
      'INVALID',
      `What do addresses of network ${name} begin with? Nodes know ${names.join(', ')}; for another one give ` +
        'HathorModule `wallet: { addresses: { p2pkhVersion, multisigVersion } }`, or `walletSocket: false` and `nodeApi: false`',
    );
  },
};
