export { SluiceError } from './errors.js';
export type { FaultAction, SluiceErrorCode, SluiceErrorOptions } from './errors.js';
export {
  binaryFrame,
  headerLength,
  messagesIn,
  textFrame,
  writeTextHeader,
} from './frames/text-frame.js';
export type { FramedMessage } from './frames/text-frame.js';
export type {
  DiscardOptions,
  EventLog,
  EventLogStore,
  FollowedLog,
  FollowOptions,
  LogEntry,
  LogExtent,
  LogMark,
  LogMarks,
  LogPage,
  LogRetention,
  LogStatus,
  LogUsage,
  OpenStreamOptions,
  PageLimits,
} from './log/event-log.js';
export {
  checkAppend,
  checkDiscard,
  checkRead,
  checkRetention,
  checkRoom,
  checkTurn,
  closedError,
  keptMarks,
} from './log/log-rules.js';
export type { AppendSequence } from './log/log-rules.js';
export { memoryLog } from './log/memory-log.js';
export type { MemoryLogOptions } from './log/memory-log.js';
export { noMetrics } from './metrics/metrics.js';
export type {
  Counter,
  Histogram,
  MetricObserver,
  MetricReport,
  Metrics,
} from './metrics/metrics.js';
export {
  defineCounter,
  defineDistribution,
  defineGauge,
  defineHistogram,
} from './metrics/metric-definition.js';
export type { MetricDefinition, MetricKind, MetricLabels } from './metrics/metric-definition.js';
export { CountersBy } from './metrics/counters-by.js';
export { engineMetrics } from './metrics/engine-metrics.js';
export { relayMetrics } from './metrics/relay-metrics.js';
export { MetricsRegistry } from './metrics/metrics-registry.js';
export type { MetricFamily, MetricSample } from './metrics/metrics-registry.js';
export type { SessionEnd } from './session/session-counters.js';
export { afterReading, systemClock } from './time/clock.js';
export type { CancelTask, Clock } from './time/clock.js';
export { objectSchema } from './codecs/json-schema.js';
export type { JsonSchema } from './codecs/json-schema.js';
export type { Codec, Command, DecodedCommand, FaultContext, FaultMapper } from './codecs/codec.js';
export type {
  DropReason,
  FlowControl,
  FlowMessage,
  FlowOutlet,
  FlowPolicy,
  GateOutlet,
  SessionFlowControl,
  TopicFlowControl,
  TopicGate,
} from './flow/flow-control.js';
export { SessionKey } from './session/session-key.js';
export type { SessionOptions } from './session/session-options.js';
export { Session, SLOW_CONSUMER_CLOSE_CODE } from './session/session.js';
export type { SessionPhase } from './session/session-phase.js';
export type { Eviction } from './session/session.js';
export type { ClientCertificate, ConnectionInfo, SessionSocket } from './session/session-socket.js';
export type { KeyChange, SessionTopics, Subscription } from './topics/subscription.js';
export type { TopicContext, TopicDefinition, TopicFilter } from './topics/topic.js';
export type { AnyChainEvent, ChainEvent, ChainEventMap, EventName } from './events/chain-event.js';
export type { EventTracing, PublicationTrace } from './events/event-tracing.js';
export { EventBus } from './events/event-bus.js';
export type { EventBusOptions, EventRecorder, PublishOptions } from './events/event-bus.js';
export { audiencesOf } from './stream/stream-audience.js';
export type { StreamAudience } from './stream/stream-audience.js';
export { StreamDelivery } from './stream/stream-delivery.js';
export type { StreamDeliveryOptions } from './stream/stream-delivery.js';
export type { StreamEnvelope } from './stream/stream-envelope.js';
export { EventStream } from './stream/event-stream.js';
export type {
  EncodedEvent,
  EventStreamOptions,
  LossListener,
  StreamListener,
} from './stream/event-stream.js';
export { FollowedStream } from './stream/followed-stream.js';
export type { FollowedStreamOptions } from './stream/followed-stream.js';
export type { StoredStream } from './stream/stored-stream.js';
export { SlidingWindow } from './stream/sliding-window.js';
export type { StreamPosition, WindowRefusal, WindowState } from './stream/sliding-window.js';
export { StreamReader } from './stream/stream-reader.js';
export type { ReaderHost, ReaderPhase } from './stream/stream-reader.js';
export { json } from './codecs/json.codec.js';
export type { JsonCodecOptions } from './codecs/json.codec.js';
export { sendOnly } from './codecs/send-only.codec.js';
export { parseJson, stringifyJson } from './codecs/json-text.js';
export { disconnectSlow } from './flow/disconnect-slow.flow.js';
export type { DisconnectSlowOptions } from './flow/disconnect-slow.flow.js';
export { deadline } from './flow/deadline.flow.js';
export type { DeadlineOptions } from './flow/deadline.flow.js';
export { TopicHub } from './topics/topic-hub.js';
export type { TopicFault, TopicHubOptions } from './topics/topic-hub.js';
export type { TopicStage } from './topics/topic-channel.js';
export type { TopicCensus } from './topics/topic-subscribers.js';
export { jsonRpc, jsonRpcNotification } from './codecs/json-rpc.codec.js';
export type { JsonRpcCodecOptions, JsonRpcNotification } from './codecs/json-rpc.codec.js';
export { jsonRpcFaults } from './codecs/json-rpc-faults.js';
export { afterAnswers } from './flow/after-answers.flow.js';
export { boundedQueue } from './flow/bounded-queue.flow.js';
export type { BoundedQueueOptions } from './flow/bounded-queue.flow.js';
export { dropOldest } from './flow/drop-oldest.flow.js';
export type { DropOldestOptions } from './flow/drop-oldest.flow.js';
export { inOrder } from './flow/in-order.flow.js';
export { latestOnly } from './flow/latest-only.flow.js';
export type { LatestOnlyOptions } from './flow/latest-only.flow.js';
export { LeakyBucket } from './flow/leaky-bucket.js';
export { rateLimit } from './flow/rate-limit.flow.js';
export type { RateLimitOptions } from './flow/rate-limit.flow.js';
export { BusBridge } from './nodes/bus-bridge.js';
export type { BusBridgeOptions } from './nodes/bus-bridge.js';
export type {
  FannedEvent,
  FanOut,
  FanOutListener,
  FanOutLoss,
  FanOutLossReason,
  FanOutPublisher,
  FanOutSubscription,
} from './nodes/fan-out.js';
export type { CallHandlers, NodeCalls } from './nodes/node-calls.js';
