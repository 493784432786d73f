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
  LogEntry,
  LogExtent,
  LogMark,
  LogMarks,
  LogPage,
  LogRetention,
  OpenStreamOptions,
  PageLimits,
} from './log/event-log.js';
export {
  checkAppend,
  checkDiscard,
  checkRead,
  checkRetention,
  closedError,
  keptMarks,
} from './log/log-rules.js';
export { memoryLog } from './log/memory-log.js';
export { noMetrics } from './metrics/metrics.js';
export type { MetricLabels, MetricName, Metrics } from './metrics/metrics.js';
export { systemClock } from './time/clock.js';
export type { CancelTask, Clock } from './time/clock.js';
