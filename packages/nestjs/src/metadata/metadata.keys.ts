/** Keys of what decorators write; only the accessor reads them. */
export const CHAIN_GATEWAY = 'sluice:chain-gateway';
export const TOPIC = 'sluice:topic';
export const FILTER = 'sluice:filter';
export const FLOW_CONTROL = 'sluice:flow-control';
