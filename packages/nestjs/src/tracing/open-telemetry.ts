/** Traces with OpenTelemetry: its API alone, so that the application decides what becomes of them. */
import {
  context,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Span,
  type Tracer,
  type TracerProvider,
} from '@opentelemetry/api';
import { SluiceError, type ChainEvent, type PublicationTrace } from '@sluice/engine';
import type { TracedCommand, Tracing } from './tracing.js';

/** Options of {@link openTelemetry}. */
export interface OpenTelemetryOptions {
  /** Default: whichever the application registers, before or after. */
  readonly provider?: TracerProvider;
}

/**
 * Traces for `SluiceModule.forRoot({ tracing: openTelemetry() })`.
 *
 * - `command NAME`: a span for each command that a handler takes, a trace of its own; what the handler does is inside.
 * - `publish TYPE`: a span for each event, inside of what publishes it, until it is stored.
 * - `deliver TYPE`: a span for each event that is announced, a trace of its own with a link to its publication. There is none
 *   for each receiver.
 *
 * Without a tracer provider the API does nothing, and neither does this.
 */
export function openTelemetry({ provider }: OpenTelemetryOptions = {}): Tracing {
  return new OpenTelemetryTracing((provider ?? trace).getTracer('@sluice/nestjs'));
}

class OpenTelemetryTracing implements Tracing {
  constructor(private readonly tracer: Tracer) {}

  async command(
    { endpoint, command }: TracedCommand,
    run: () => Promise<string | undefined>,
  ): Promise<void> {
    const attributes = { 'sluice.endpoint': endpoint, 'sluice.command': command };
    // The socket was made within the request of its upgrade, which has ended long ago.
    const root = { kind: SpanKind.SERVER, root: true, attributes };
    const span = this.tracer.startSpan(`command ${command}`, root, ROOT_CONTEXT);
    const code = await context.with(trace.setSpan(ROOT_CONTEXT, span), run);
    if (code !== undefined) span.setAttribute('sluice.fault', code);
    // What clients do wrong is no failure of the application.
    if (code === 'INTERNAL') span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  }

  publication(event: ChainEvent): PublicationTrace {
    const attributes = eventAttributes(event);
    const span = this.tracer.startSpan(`publish ${event.type}`, {
      kind: SpanKind.PRODUCER,
      attributes,
    });
    return new OpenTelemetryPublication(this.tracer, event, span);
  }
}

class OpenTelemetryPublication implements PublicationTrace {
  constructor(
    private readonly tracer: Tracer,
    private readonly event: ChainEvent,
    private readonly span: Span,
  ) {}

  record<T>(run: () => T): T {
    return context.with(trace.setSpan(context.active(), this.span), run);
  }

  published(error?: unknown): void {
    if (error !== undefined) {
      this.span.recordException(SluiceError.from(error));
      this.span.setStatus({ code: SpanStatusCode.ERROR });
    }
    this.span.end();
  }

  deliver(run: () => void): void {
    const span = this.tracer.startSpan(
      `deliver ${this.event.type}`,
      {
        kind: SpanKind.CONSUMER,
        root: true,
        attributes: eventAttributes(this.event),
        links: [{ context: this.span.spanContext() }],
      },
      ROOT_CONTEXT,
    );
    try {
      context.with(trace.setSpan(ROOT_CONTEXT, span), run);
    } finally {
      span.end();
    }
  }
}

function eventAttributes({ id, type }: ChainEvent): Record<string, string | number> {
  return { 'sluice.event.type': type, 'sluice.event.id': id };
}
