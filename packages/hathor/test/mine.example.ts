import {
  addressScript,
  decodeVertex,
  encodeVertex,
  hathorNetworks,
  mine,
} from '../src/codec/index.js';

/** A block for a template of `mining.notify` whose reward goes to `address`, in hex for `mining.submit`. */
export function mineBlock(
  template: { readonly data: string },
  address: string,
): string | undefined {
  const block = decodeVertex(Buffer.from(template.data + '0'.repeat(32), 'hex'));
  if (block.version !== 0) return undefined;
  const script = addressScript(address, hathorNetworks.mainnet);
  const outputs = block.outputs.map((output) => ({ ...output, script }));
  const mined = mine({ ...block, outputs });
  return mined && Buffer.from(encodeVertex(mined)).toString('hex');
}
