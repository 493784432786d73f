import type { GatewayDescription, MessageContract } from '@sluice/nestjs';
import type { CommandForm } from '../inspector.panel.js';

/**
 * What the console offers for a gateway that nobody has written forms for: each example of what the gateway receives, from its
 * contract. A command without an example has its name alone, where the codec puts it.
 */
export function commandForms(gateway: GatewayDescription): readonly CommandForm[] {
  const { messages = {}, commands = {}, receives = {} } = gateway.contract;
  const examples = (names: readonly string[]): readonly CommandForm[] =>
    names.flatMap((name) => exampleForms(name, messages[name]));
  return [
    ...gateway.commands.flatMap(({ name }) => {
      const forms = examples(commands[name]?.messages ?? [name]);
      return forms.length > 0 ? forms : bareForms(gateway, name);
    }),
    ...Object.entries(receives).flatMap(([name, { messages: names = [name] }]) => examples(names)),
  ];
}

/** A form has a field for each member, so what is no object cannot be one. */
function exampleForms(name: string, message: MessageContract = {}): readonly CommandForm[] {
  return (message.examples ?? []).flatMap(({ summary, payload }) =>
    isObject(payload)
      ? [{ title: summary === undefined ? name : `${name}: ${summary}`, message: payload }]
      : [],
  );
}

function bareForms({ codec }: GatewayDescription, name: string): readonly CommandForm[] {
  const schema = codec.requestSchema?.(name, true);
  const properties = typeof schema === 'object' ? Object.entries(schema.properties ?? {}) : [];
  const fixed = properties.flatMap(([member, rule]: [string, unknown]) =>
    isObject(rule) && 'const' in rule ? [[member, rule.const] as const] : [],
  );
  return fixed.length === 0 ? [] : [{ title: name, message: Object.fromEntries(fixed) }];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
