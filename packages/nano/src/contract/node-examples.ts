/** Notifications of the node and its network as a node sent them. */
export const NODE_EXAMPLES = {
  started_election: [
    {
      payload: {
        topic: 'started_election',
        time: '1674765709226',
        message: { hash: 'FD8639F0AD19895B1A3A430DD5B4DCA5A2F713E7DD1CC8DCD5E90D5AE2BCA835' },
      },
    },
  ],
  stopped_election: [
    {
      payload: {
        topic: 'stopped_election',
        time: '1560437195533',
        message: { hash: 'FA6D344ECAB2C5E1C04E62B2BC6EE072938DD47530AB26E0D5A9A384302FBEB3' },
      },
    },
  ],
  active_difficulty: [
    {
      payload: {
        topic: 'active_difficulty',
        time: '1561661736065',
        message: {
          multiplier: '1.500000000000000',
          network_current: 'fffffffaaaaaaaab',
          network_minimum: 'fffffff800000000',
          network_receive_current: 'fffffff07c1f07c2',
          network_receive_minimum: 'fffffe0000000000',
        },
      },
    },
  ],
  work: [
    {
      summary: 'Found',
      payload: {
        topic: 'work',
        time: '1567943214201',
        message: {
          success: 'true',
          reason: '',
          duration: '306',
          request: {
            hash: '3ECE2684044C0EAF2CA6B1C72F11AFC5B5A75C00CFF993FB17B6E75F78ABF175',
            difficulty: 'ffffff999999999a',
            multiplier: '10.000000000009095',
            version: 'work_1',
          },
          result: {
            source: '192.168.1.101:7000',
            work: '4352c6e222703c57',
            difficulty: 'ffffffd2ca03b921',
            multiplier: '22.649415016750655',
          },
          bad_peers: '',
        },
      },
    },
    {
      summary: 'Cancelled',
      payload: {
        topic: 'work',
        time: '1567943214201',
        message: {
          success: 'false',
          reason: 'cancelled',
          duration: '539',
          request: {
            version: 'work_1',
            hash: '3ECE2684044C0EAF2CA6B1C72F11AFC5B5A75C00CFF993FB17B6E75F78ABF175',
            difficulty: 'ffffff999999999a',
            multiplier: '10.000000000009095',
          },
          bad_peers: ['192.168.1.101:7000'],
        },
      },
    },
  ],
  telemetry: [
    {
      payload: {
        topic: 'telemetry',
        time: '1594654710305',
        message: {
          block_count: '51571901',
          cemented_count: '51571901',
          unchecked_count: '0',
          account_count: '1376750',
          bandwidth_cap: '10485760',
          peer_count: '261',
          protocol_version: '18',
          uptime: '1223618',
          genesis_block: '991CF190094C00F0B68E2E5F75F6BEE95A2E0BD93CEAA4A6734DB9F19B728948',
          major_version: '21',
          minor_version: '0',
          patch_version: '0',
          pre_release_version: '0',
          maker: '0',
          timestamp: '1594654710521',
          active_difficulty: 'ffffffc000000000',
          node_id: 'node_3cczh431wuh5gg64jen6a658xewpx7eiyfqn7f8gpdcfp786s7xdb51kr1rp',
          signature:
            'C9429FBC069F15E9AE552FB80500B4BA0F0CF2E25DD6C6D2018FA1D96DC4353A75E4A86872E54E7B2BFF06526719076E792DA3C83F1B2FD40244804EAC324C00',
          address: '::ffff:139.180.168.194',
          port: '7075',
        },
      },
    },
  ],
  bootstrap: [
    {
      summary: 'It starts',
      payload: {
        topic: 'bootstrap',
        time: '1561661740065',
        message: { reason: 'started', id: 'C9FF2347C4DF512A7F6B514CC4A0F79A', mode: 'legacy' },
      },
    },
    {
      summary: 'It ends',
      payload: {
        topic: 'bootstrap',
        time: '1561661740565',
        message: {
          reason: 'exited',
          id: 'C9FF2347C4DF512A7F6B514CC4A0F79A',
          mode: 'legacy',
          total_blocks: '1000000',
          duration: '500',
        },
      },
    },
  ],
};
