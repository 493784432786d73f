import type { ScenarioStage } from './scenario-stage.js';
import { PAUSE, UNLOCKING_BLOCKS, unlockFirstReward } from './single-chain.scenarios.js';

/** Twins that are less than one block's work apart, so that a block can turn them round. */
const TX_WEIGHT = 10.25;
const TWIN_WEIGHT = 10;

/** More than the work of the two blocks it replaces. */
const REPLACING_WEIGHT = 10;

export function reorg(stage: ScenarioStage): void {
  const { chain } = stage;
  stage.blocks(1);
  chain.advance(PAUSE);
  const parent = stage.hash('genesis');
  const isWanted = stage.decidesTieWith(stage.hash('block 1'));
  const { hash } = stage.name('challenger 1', chain.mineBlock({ parent, isWanted }));
  chain.advance(1);
  stage.name('challenger 2', chain.mineBlock({ parent: hash }));
}

export function unvoidedTransaction(stage: ScenarioStage): void {
  const { chain } = stage;
  const to = chain.wallet.addressAt(0);
  unlockFirstReward(stage);
  const tx = stage.name('tx', chain.transfer({ to, amount: 1000n, weight: TX_WEIGHT }));
  chain.advance(PAUSE);
  const twin = chain.doubleSpend({ of: tx.hash, twin: true, weight: TWIN_WEIGHT });
  stage.name('twin', twin);
  chain.advance(PAUSE);
  stage.name('block 12', chain.mineBlock({ confirm: twin.hash }));
}

export function invalidMempoolTransaction(stage: ScenarioStage): void {
  const { chain } = stage;
  const to = chain.wallet.addressAt(0);
  unlockFirstReward(stage);
  stage.name('tx', chain.transfer({ to, amount: 1000n }));
  chain.advance(PAUSE);
  const parent = stage.hash(`block ${UNLOCKING_BLOCKS - 2}`);
  stage.name('replacement', chain.mineBlock({ parent, weight: REPLACING_WEIGHT }));
}
