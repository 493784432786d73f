/** Templates as the reference node sends them. */
export const TEMPLATE_NOTIFICATION = {
  id: null,
  method: 'mining.notify',
  params: [
    {
      data: '0000010000190000000040000000000000005dbc86bb030a4b0ea9253e90fe8a2f3d4c7397c2c5a2efa6fe83fae9e3134e77adc4f5fa8b16ba3dbe424c443e571b00840ca54b9ff4cff467e10b6a15536e718e2008f95233e14cb555a96967841dcbe0f95e9eab5810481d01de8f4f73afb8cce365e86900',
      versions: [0, 3],
      reward: 6400,
      weight: 2,
      timestamp_now: 1795241866,
      timestamp_min: 1572636347,
      timestamp_max: 1572640845,
      parents: [
        '0a4b0ea9253e90fe8a2f3d4c7397c2c5a2efa6fe83fae9e3134e77adc4f5fa8b',
        '16ba3dbe424c443e571b00840ca54b9ff4cff467e10b6a15536e718e2008f952',
        '33e14cb555a96967841dcbe0f95e9eab5810481d01de8f4f73afb8cce365e869',
      ],
      parents_any: [],
      height: 2,
      score: 20,
      signal_bits: 0,
    },
  ],
};

/** Bytes of a block, hex. */
export const SUBMITTED_BLOCK =
  '0500010000190000001976a914a584cf48b161e4a49223ed220df30037ab740e0088ac40308000000000005ddefa96032ebb3b8edcb72a7e46cc0efacfe1b109e2e9dd868a90fe0906968dc8fbbf648816ba3dbe424c443e571b00840ca54b9ff4cff467e10b6a15536e718e2008f95233e14cb555a96967841dcbe0f95e9eab5810481d01de8f4f73afb8cce365e86903616263000000000000000000000000000050ed';
