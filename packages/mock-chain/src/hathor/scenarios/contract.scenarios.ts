import type { Hex32, VertexData } from '@sluice/hathor';
import type { ContractCall, ContractEngine } from '../consensus/contract-engine.js';
import type { ScenarioStage } from './scenario-stage.js';

/** Ids of the two blueprints in the reference's scenarios. */
const BLUEPRINT_1 = '11'.repeat(32);
const BLUEPRINT_2 = '22'.repeat(32);

/** What the blueprints' methods emit; `call_another` calls the second contract, whose event comes after its own. */
const METHODS: Readonly<Record<string, readonly string[]>> = {
  [`${BLUEPRINT_1} initialize`]: ['test event on initialize 1'],
  [`${BLUEPRINT_2} initialize`]: ['test event on initialize 2'],
  call_another: ['test event on call_another', 'test event on some_method'],
};

/** Stands for the blueprints of the contract scenarios. `fail` is the method that they lack. */
export const scenarioContracts: ContractEngine = ({ header: { nc_id: id, nc_method: method } }) => {
  const events = METHODS[method === 'initialize' ? `${id} initialize` : method];
  return events === undefined ? { success: false } : { success: true, events };
};

export function ncEvents(stage: ScenarioStage): void {
  const { chain } = stage;
  fundWallet(stage);
  const nc1 = callContract(stage, 'nc1', BLUEPRINT_1, 'initialize');
  const nc2 = callContract(stage, 'nc2', BLUEPRINT_2, 'initialize');
  const nc3 = callContract(stage, 'nc3', nc1.hash, 'call_another');
  const nc4 = callContract(stage, 'nc4', nc1.hash, 'fail');
  stage.name('b2', chain.mineBlock({ transactions: [nc1.hash, nc2.hash] }));
  chain.advance(1);
  stage.name('b3', chain.mineBlock({ transactions: [nc3.hash, nc4.hash] }));
}

export function ncEventsReorg(stage: ScenarioStage): void {
  const { chain } = stage;
  const dummy = fundWallet(stage);
  const nc1 = callContract(stage, 'nc1', BLUEPRINT_1, 'initialize');
  const transactions = [dummy.hash, nc1.hash] as const;
  const mineOn = (below: string, label: string, rival?: string): void => {
    const isWanted = rival === undefined ? undefined : stage.decidesTieWith(stage.hash(rival));
    const place = { parent: stage.hash(below), transactions };
    stage.name(label, chain.mineBlock(isWanted === undefined ? place : { ...place, isWanted }));
    chain.advance(1);
  };
  mineOn('block 1', 'b2');
  mineOn('block 1', 'a2', 'b2');
  mineOn('a2', 'a3');
  mineOn('b2', 'b3', 'a3');
  mineOn('b3', 'b4');
}

/** Block 1, which unlocks the genesis output, and a transaction that gives the wallet something to spend. */
function fundWallet(stage: ScenarioStage): VertexData {
  stage.blocks(1);
  const dummy = stage.chain.payFromGenesis({ amount: 100_000n });
  stage.chain.advance(1);
  return stage.name('dummy', dummy);
}

function callContract(stage: ScenarioStage, label: string, id: Hex32, method: string): VertexData {
  const { chain } = stage;
  const header: ContractCall['header'] = {
    id: '10',
    nc_seqnum: 0,
    nc_id: id,
    nc_method: method,
    nc_address: chain.wallet.nextAddress(),
  };
  const call = method === 'initialize' ? { header } : { header, contract: id };
  const transaction = chain.transfer({ amount: 1n, call });
  chain.advance(1);
  return stage.name(label, transaction);
}
