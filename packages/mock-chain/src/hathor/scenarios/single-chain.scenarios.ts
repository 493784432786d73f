import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { ScenarioStage } from './scenario-stage.js';

/** So many blocks that the first reward can be spent. */
export const UNLOCKING_BLOCKS = 11;
/** Seconds between the acts of a scenario. */
export const PAUSE = 60;

const OP_EQUALVERIFY = 0x88;
const OP_1 = 0x51;

export function onlyLoad({ chain }: ScenarioStage): void {
  chain.advance(PAUSE);
}

export function oneBlock(stage: ScenarioStage): void {
  stage.blocks(1);
}

export function blocksAndTransactions(stage: ScenarioStage): void {
  const { chain } = stage;
  const to = chain.wallet.addressAt(0);
  unlockFirstReward(stage);
  stage.name('tx1', chain.transfer({ to, amount: 1000n }));
  chain.advance(PAUSE);
  stage.name('tx2', chain.transfer({ to, amount: 2000n }));
  chain.advance(PAUSE);
  stage.blocks(1);
}

export function emptyScript(stage: ScenarioStage): void {
  undecodableOutput(stage, new Uint8Array(), Uint8Array.of(OP_1));
}

export function customScript(stage: ScenarioStage): void {
  const secret = utf8ToBytes('some_data');
  const push = [secret.length, ...secret];
  undecodableOutput(stage, Uint8Array.of(...push, OP_EQUALVERIFY, OP_1), Uint8Array.from(push));
}

export function unlockFirstReward(stage: ScenarioStage): void {
  stage.blocks(UNLOCKING_BLOCKS);
  stage.chain.advance(PAUSE);
}

function undecodableOutput(stage: ScenarioStage, script: Uint8Array, data: Uint8Array): void {
  const { chain } = stage;
  unlockFirstReward(stage);
  const { hash } = stage.name('tx1', chain.transfer({ amount: 1000n, script }));
  chain.advance(PAUSE);
  stage.name('tx2', chain.redeem({ txId: hash, index: 1, data }));
  chain.advance(PAUSE);
  stage.blocks(1);
}
