export { SluiceModule } from './sluice.module.js';
export { CLIENT_ADDRESS, CLOCK, EVENT_LOG_STORE, METRICS, ROLE } from './sluice.tokens.js';
export { ChainGateway } from './decorators/chain-gateway.decorator.js';
export { ConnectedSession } from './decorators/connected-session.decorator.js';
export { Filter } from './decorators/filter.decorator.js';
export { FlowControl } from './decorators/flow-control.decorator.js';
export type { FlowControlDecorator } from './decorators/flow-control.decorator.js';
export { Topic } from './decorators/topic.decorator.js';
export type { TopicOptions } from './decorators/topic.decorator.js';
export type {
  CloseContract,
  MessageContract,
  MessageExample,
  OperationContract,
  WireContract,
} from './contract/wire-contract.js';
export { GatewayCatalogue } from './catalogue/gateway-catalogue.js';
export type { GatewayDescription } from './catalogue/gateway-catalogue.js';
export type { CommandBody, DeclaredCommand } from './metadata/gateway-metadata.accessor.js';
export { sessionOf } from './connection/session-of.js';
export type { OnSessionClose, OnSessionOpen } from './endpoint/gateway-hooks.js';
export { ConnectGuard } from './upgrade/connect-guard.js';
export type { ClientAddress } from './upgrade/client-address.js';
export type { ConnectRequest } from './upgrade/connect-guard.js';
export { UpgradeRefusal } from './upgrade/refusal.js';
export { FaultLog } from './faults/fault-log.js';
export { replyFaults } from './faults/reply-faults.js';
export type { ChainGatewayOptions, CloseFrame } from './options/chain-gateway.options.js';
export type { ListenerTls } from './options/listener-tls.js';
export { TlsCertificates } from './adapter/tls-certificates.js';
export type { HeartbeatOptions } from './options/heartbeat.options.js';
export type { EndpointLimits, SluiceLimits } from './options/limits.js';
export type { OriginRule } from './options/origins.js';
export type { SluiceOptions, SluiceRole } from './options/sluice.options.js';
export { refusedAtGateway } from './role/refused-at-gateway.js';
export { OptionsError } from './options/options.error.js';
export { logBytes, logLimitBytes, logState } from './figures/log.observer.js';
export { endpointMetrics } from './figures/endpoint-metrics.js';
export type { RefusalReason } from './figures/endpoint-metrics.js';
export type { CommandResult } from './figures/endpoint-counters.js';
export type { TracedCommand, Tracing } from './tracing/tracing.js';
export { ServingPhase } from './serving-phase.js';
export type { Phase } from './serving-phase.js';
export { rawRequest } from './access/raw-request.js';
export { LocalOnlyGuard } from './access/local-only.guard.js';
export {
  hostName,
  isLocalName,
  originFault,
  peerFault,
  remoteFault,
} from './access/local-request.js';
export { OperatorEndpoint } from './operators/operator-endpoint.decorator.js';
export { OperatorListener } from './operators/operator-listener.js';
export type { OperatorOptions } from './options/operator.options.js';
export { SessionRegistry } from './registry/session-registry.js';
export type { SessionDetails } from './registry/session-details.js';
export type { EndpointStatus } from './registry/session-registry.js';
