/** Notifications of blocks and votes as a node sent them. */
export const BLOCK_EXAMPLES = {
  confirmation: [
    {
      summary: 'A send, with how its election went',
      payload: {
        topic: 'confirmation',
        time: '1564935350664',
        message: {
          account: 'nano_1tgkjkq9r96zd3pkr7edj8e4qbu3wr3ps6ettzse8hmoa37nurua7faupjhc',
          amount: '15621963968634827029081574961',
          hash: '0E889F83E28152A70E87B92D846CA3D8966F3AEEC65E11B25F7B4E6760C57CA3',
          confirmation_type: 'active_quorum',
          election_info: {
            duration: '546',
            time: '1564935348219',
            tally: '42535295865117307936387010521258262528',
            final: '42535295865117307936387010521258262528',
            blocks: '1',
            voters: '52',
            request_count: '1',
          },
          block: {
            type: 'state',
            account: 'nano_1tgkjkq9r96zd3pkr7edj8e4qbu3wr3ps6ettzse8hmoa37nurua7faupjhc',
            previous: '4E9003ABD469D1F58A70518234016797FA654B494A2627B8583052629A91689E',
            representative: 'nano_3rw4un6ys57hrb39sy1qx8qy5wukst1iiponztrz9qiz6qqa55kxzx4491or',
            balance: '0',
            link: '3098F4C0D1D8BD889AF078CDFF81E982B8EFA6D6D8FAE954CF0CDC7A256C3F8B',
            link_as_account: 'nano_1e6rym1f5p7xj4fh1y8fzy1ym1orxymffp9tx7cey58whakprhwdzuk533th',
            signature:
              'D5C332587B1A4DEA35B6F03B0A9BEB45C5BBE582060B0252C313CF411F72478721F8E7DA83A779BA5006D571266F32BDE34C1447247F417F8F12101D3ADAF705',
            work: 'c950fc037d61e372',
            subtype: 'send',
          },
        },
      },
    },
    {
      summary: 'With the votes of the election',
      payload: {
        topic: 'confirmation',
        time: '1564935350664',
        message: {
          account: 'nano_1tgkjkq9r96zd3pkr7edj8e4qbu3wr3ps6ettzse8hmoa37nurua7faupjhc',
          amount: '15621963968634827029081574961',
          hash: '0E889F83E28152A70E87B92D846CA3D8966F3AEEC65E11B25F7B4E6760C57CA3',
          confirmation_type: 'active_quorum',
          election_info: {
            duration: '546',
            time: '1564935348219',
            tally: '42535295865117307936387010521258262528',
            final: '42535295865117307936387010521258262528',
            blocks: '1',
            voters: '2',
            request_count: '1',
            votes: [
              {
                representative: 'nano_3rw4un6ys57hrb39sy1qx8qy5wukst1iiponztrz9qiz6qqa55kxzx4491or',
                timestamp: '18446744073709551615',
                hash: '0E889F83E28152A70E87B92D846CA3D8966F3AEEC65E11B25F7B4E6760C57CA3',
                weight: '30000000000000000000000000000000000000',
              },
              {
                representative: 'nano_1stofnrxuz3cai7ze75o174bpm7scwj9jn3nxsn8ntzg784jf1gzn1jjdkou',
                timestamp: '1564935347904',
                hash: '0E889F83E28152A70E87B92D846CA3D8966F3AEEC65E11B25F7B4E6760C57CA3',
                weight: '12535295865117307936387010521258262528',
              },
            ],
          },
          block: {
            type: 'state',
            account: 'nano_1tgkjkq9r96zd3pkr7edj8e4qbu3wr3ps6ettzse8hmoa37nurua7faupjhc',
            previous: '4E9003ABD469D1F58A70518234016797FA654B494A2627B8583052629A91689E',
            representative: 'nano_3rw4un6ys57hrb39sy1qx8qy5wukst1iiponztrz9qiz6qqa55kxzx4491or',
            balance: '0',
            link: '3098F4C0D1D8BD889AF078CDFF81E982B8EFA6D6D8FAE954CF0CDC7A256C3F8B',
            link_as_account: 'nano_1e6rym1f5p7xj4fh1y8fzy1ym1orxymffp9tx7cey58whakprhwdzuk533th',
            signature:
              'D5C332587B1A4DEA35B6F03B0A9BEB45C5BBE582060B0252C313CF411F72478721F8E7DA83A779BA5006D571266F32BDE34C1447247F417F8F12101D3ADAF705',
            work: 'c950fc037d61e372',
            subtype: 'send',
          },
        },
      },
    },
    {
      summary: 'Without the block',
      payload: {
        topic: 'confirmation',
        time: '1564935350664',
        message: {
          account: 'nano_1tgkjkq9r96zd3pkr7edj8e4qbu3wr3ps6ettzse8hmoa37nurua7faupjhc',
          amount: '15621963968634827029081574961',
          hash: '0E889F83E28152A70E87B92D846CA3D8966F3AEEC65E11B25F7B4E6760C57CA3',
          confirmation_type: 'active_quorum',
        },
      },
    },
    {
      summary: 'A legacy open',
      payload: {
        topic: 'confirmation',
        time: '1564935350664',
        message: {
          account: 'nano_3t6k35gi95xu6tergt6p69ck76ogmitsa8mnijtpxm9fkcm736xtoncuohr3',
          amount: '340282366920938463463374607431768211455',
          hash: '991CF190094C00F0B68E2E5F75F6BEE95A2E0BD93CEAA4A6734DB9F19B728948',
          confirmation_type: 'inactive',
          block: {
            type: 'open',
            source: 'E89208DD038FBB269987689621D52292AE9C35941A7484756ECCED92A65093BA',
            representative: 'nano_3t6k35gi95xu6tergt6p69ck76ogmitsa8mnijtpxm9fkcm736xtoncuohr3',
            account: 'nano_3t6k35gi95xu6tergt6p69ck76ogmitsa8mnijtpxm9fkcm736xtoncuohr3',
            work: '62f05417dd3fb691',
            signature:
              '9F0C933C8ADE004D808EA1985FA746A7E95BA2A38F867640F53EC8F180BDFE9E2C1268DEAD7C2664F356E37ABA362BC58E46DBA03E523A7B5A19E4B6EB12BB02',
          },
        },
      },
    },
  ],
  vote: [
    {
      summary: 'A final vote',
      payload: {
        topic: 'vote',
        time: '1765074100220',
        message: {
          account: 'nano_3z5wxynkw6mhx51x8irqr9yx45q5hb1pkg6g441hqdm9bxaxw6sidohbn38z',
          signature:
            '6736567174913795092708863931989139840317060613185831686419483283677519193818569432973652029977168662242804931178021408439091495419853772181604030784285453',
          sequence: '18446744073709551615',
          timestamp: '18446744073709551615',
          duration: '15',
          blocks: [
            'E24D5507F5250B33B823972A7BD8DD405CBE07DE87761255E68E873819AA69A4',
            '536695797AE6D51275941E74EEFF3CAE71B97FE1098D8D50DA305A6B5AF970B4',
          ],
          type: 'vote',
        },
      },
    },
  ],
  new_unconfirmed_block: [
    {
      summary: 'A receive',
      payload: {
        topic: 'new_unconfirmed_block',
        time: '1587109495082',
        hash: '1D08850B16FF9B49490F4E2403A7ED0B09D028D36D6C9EA08F7EDCCB36ADAF93',
        message: {
          type: 'state',
          account: 'nano_1unw379kgu1iub1caswn5khfk4b6tzinku8ww7uds9z7nwubj3dgt6yzjpiw',
          previous: 'A01B96AFE86DC82FECD13F8C3A4F1AC779DCDAF60166F94F1A2CD3987F4609F0',
          representative: 'nano_1stofnrxuz3cai7ze75o174bpm7scwj9jn3nxsn8ntzg784jf1gzn1jjdkou',
          balance: '2345399869764044123018481994',
          link: 'E0049F6D5D5661A714D8928D287285A0105B07720661F8C8B1FC8EE5B15FC067',
          link_as_account: 'nano_3r16mxpotom3nwcfj6nf73sada1ide5q63m3z56d5z6gwprozi59ocyuoxc1',
          signature:
            '7BDD77BE14552263F9AF5130229A3BBB9038EE4B9C29E66D3D58280EF43B7FAF2DBC7070BD9CA39C844B7068E3AF40B04CE1D5CEEEA142C8FE20EE091A3C320E',
          work: '8ebdd4aa0bf1263e',
          subtype: 'receive',
        },
      },
    },
  ],
};
