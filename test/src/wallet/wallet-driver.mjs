/**
 * Hathor's own wallet library, unmodified, in a process of its own: it needs a flag of Node's, and keeps settings for the
 * whole process. Calls come from the parent process, answers and the wallet's events go there.
 */
import lib from '@hathor/wallet-lib';
import { setImmediate } from 'node:timers/promises';

const { Connection, HathorWallet, SendTransaction, config, transactionUtils, txApi, walletUtils } =
  lib;
const PIN = '123456';
const NETWORK = 'privatenet';
/** Events of the wallet that say that it knows something new. */
const EVENTS = ['state', 'new-tx', 'update-tx'];

let wallet;

const calls = {
  async start({ http, txMining, words, mode, window, signers }) {
    const server = `${http}/`;
    config.setServerUrl(server);
    config.setTxMiningUrl(`${txMining}/`);
    config.setNetwork(NETWORK);
    const connection = new Connection({
      network: NETWORK,
      servers: [server],
      ...(window && { streamWindowSize: window }),
    });
    wallet = new HathorWallet({
      seed: words,
      connection,
      password: PIN,
      pinCode: PIN,
      ...(signers && {
        multisig: {
          pubkeys: signers.map((each) =>
            walletUtils.getMultiSigXPubFromWords(each, { networkName: NETWORK }),
          ),
          numSignatures: signers.length,
        },
      }),
      // Otherwise a wallet has one address, and streams are of no use to it.
      scanPolicy: { policy: 'gap-limit', gapLimit: 20 },
    });
    wallet.setHistorySyncMode(mode);
    for (const event of EVENTS) {
      wallet.on(event, (data) => {
        const detail = typeof data === 'object' ? { id: data.tx_id, voided: data.is_voided } : data;
        process.send({ event, detail });
      });
    }
    // With a new height the wallet looks whether something has become unlocked, and says nothing.
    connection.websocket.on('dashboard', ({ best_block_height: height }) => {
      process.send({ event: 'dashboard', detail: { height } });
    });
    const ready = new Promise((resolve, reject) => {
      wallet.on('state', (state) => {
        if (state === HathorWallet.READY) resolve();
        if (state === HathorWallet.ERROR) reject(new Error('the wallet cannot load'));
      });
    });
    await wallet.start();
    await ready;
  },
  async balance(token = '00') {
    const [{ balance }] = await wallet.getBalance(token);
    return balance;
  },
  async history(token = '00') {
    const entries = await wallet.getTxHistory({ token_id: token, count: 1_000_000 });
    return entries.map(({ txId, balance, voided }) => ({ id: txId, balance, voided }));
  },
  async addresses() {
    const addresses = [];
    for await (const { address } of wallet.getAllAddresses()) addresses.push(address);
    return addresses;
  },
  async send(address, amount) {
    const { hash } = await wallet.sendTransaction(address, amount, { pinCode: PIN });
    return hash;
  },
  /** The bytes that all signers of a MultiSig wallet have to sign, in hex. */
  async draft(address, amount) {
    const outputs = [{ address, value: amount, token: '00' }];
    const draft = new SendTransaction({ wallet, outputs });
    const data = await draft.prepareTxData();
    return transactionUtils.createTransactionFromData(data, wallet.getNetworkObject()).toHex();
  },
  sign: (hex) => wallet.getAllSignatures(hex, PIN),
  async sendSigned(hex, signatures) {
    const transaction = await wallet.assemblePartialTransaction(hex, signatures);
    transaction.prepareToSend();
    const { hash } = await new SendTransaction({ wallet, transaction }).runFromMining();
    return hash;
  },
  /** A payment that can be spent when the wallet's own clock has come to a time. */
  async sendLocked(address, amount, timelock) {
    const outputs = [{ address, value: amount, token: '00', timelock }];
    const { hash } = await wallet.sendManyOutputsTransaction(outputs, { pinCode: PIN });
    return hash;
  },
  /** Without a tx-mining-service: time, weight and proof of work are the wallet's own. */
  async push(address, amount, parents) {
    const outputs = [{ address, value: amount, token: '00' }];
    const draft = new SendTransaction({ wallet, outputs });
    const transaction = await draft.prepareTx();
    await draft.signTx(PIN);
    transaction.parents = parents;
    transaction.prepareToSend();
    await prove(transaction);
    const answer = await new Promise((resolve, reject) => {
      txApi.pushTx(transaction.toHex(), false, resolve).catch(reject);
    });
    if (!answer.success) throw new Error(answer.message);
    return transaction.hash;
  },
  async createToken(name, symbol, amount) {
    const { hash } = await wallet.createNewToken(name, symbol, amount, { pinCode: PIN });
    return hash;
  },
  async mint(token, amount) {
    await wallet.mintTokens(token, amount, { pinCode: PIN });
  },
  async melt(token, amount) {
    await wallet.meltTokens(token, amount, { pinCode: PIN });
  },
  token: (uid) => wallet.getTokenDetails(uid),
  async transaction(id) {
    const { tx } = await wallet.getFullTxById(id);
    return tx;
  },
};

/** Finds the nonce, a slice at a time: connections live on meanwhile. */
async function prove(transaction) {
  const first = transaction.calculateHashPart1();
  const zeros = Math.ceil(transaction.weight);
  for (transaction.nonce = 0; ; transaction.nonce++) {
    const hash = transaction.calculateHashPart2(first.copy());
    if (hash.readUInt32BE(0) >>> (32 - zeros) === 0) break;
    if (transaction.nonce % 1000 === 0) await setImmediate();
  }
  transaction.updateHash();
}

process.on('message', async ({ id, call, args }) => {
  try {
    process.send({ id, result: await calls[call](...args) });
  } catch (error) {
    process.send({ id, error: `${call}: ${error.stack ?? error}` });
  }
});
process.on('unhandledRejection', (error) => {
  process.send({ event: 'crash', detail: String(error?.stack ?? error) });
});
