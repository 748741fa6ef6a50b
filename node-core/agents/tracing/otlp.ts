import type { Span } from '../../contract/index.ts';
import { genAi, operations } from './attributes.ts';

const internal = 1;
const client = 3;
const failed = 2;

const valueOf = (value: Span['attributes'][string]) => {
  if (Array.isArray(value)) return { arrayValue: { values: value.map((one) => ({ stringValue: one })) } };
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
};
const attribute = ([key, value]: readonly [string, Span['attributes'][string]]) => ({ key, value: valueOf(value) });
const nanos = (millis: number): string => `${Math.floor(millis)}000000`;

/**
 * One trace as an OTLP request in JSON: https://opentelemetry.io/docs/specs/otlp/#otlphttp and
 * https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto. Written here because it is this
 * much, where the packages for it are a dozen with globals of their own.
 */
export const otlpRequest = (traceId: string, spans: readonly Span[], version: string): string =>
  JSON.stringify({
    resourceSpans: [
      {
        resource: {
          attributes: Object.entries({ 'service.name': 'jan-node', 'service.version': version }).map(attribute),
        },
        scopeSpans: [
          {
            scope: { name: 'jan.agents', version },
            spans: spans.map((span) => ({
              traceId,
              spanId: span.id,
              ...(span.parentId === null ? {} : { parentSpanId: span.parentId }),
              name: span.name,
              kind: span.attributes[genAi.operation] === operations.chat ? client : internal,
              startTimeUnixNano: nanos(span.startedAt),
              endTimeUnixNano: nanos(Math.max(span.startedAt, span.endedAt ?? span.startedAt)),
              attributes: Object.entries(span.attributes).map(attribute),
              ...(span.error === null ? {} : { status: { code: failed, message: span.error } }),
            })),
          },
        ],
      },
    ],
  });
