import type { Type } from '@nestjs/common';
import type { JsonSchema } from '@sluice/engine';
import type { defaultMetadataStorage as Storage } from 'class-transformer/types/storage.js';
import { getMetadataStorage, ValidationTypes } from 'class-validator';
import { targetConstructorToSchema } from 'class-validator-jsonschema';
import { createRequire } from 'node:module';

/** What `@Type()` has written down: class-transformer has no other way to it, and no types at this path. */
const { defaultMetadataStorage } = createRequire(import.meta.url)(
  'class-transformer/cjs/storage.js',
) as { readonly defaultMetadataStorage: typeof Storage };

type SchemaObject = ReturnType<typeof targetConstructorToSchema>;
type ObjectSchema = Readonly<Record<string, unknown>>;

/**
 * Schema of what a class's rules of class-validator let pass, nested classes written out.
 *
 * @returns undefined if it has no rules.
 */
export function classSchema(type: Type): JsonSchema | undefined {
  return hasRules(type) ? schemaOf(type, []) : undefined;
}

/** @param around classes that the schema is part of: one that contains itself is any object the second time. */
function schemaOf(type: Type, around: readonly Type[]): JsonSchema {
  if (around.includes(type)) return { type: 'object' };
  const schema = targetConstructorToSchema(type, {
    classTransformerMetadataStorage: defaultMetadataStorage,
    additionalConverters: {
      [ValidationTypes.NESTED_VALIDATION]: ({ propertyName }) => {
        const nested = memberType(type, propertyName);
        const inner =
          nested === undefined || !hasRules(nested) ? {} : schemaOf(nested, [...around, type]);
        return inner as SchemaObject;
      },
    },
  }) as ObjectSchema;
  return withNulls(type, schema);
}

/** class-validator lets null pass wherever a member may be left out. */
function withNulls(type: Type, schema: ObjectSchema): JsonSchema {
  const optional = new Set(
    rulesOf(type)
      .filter((rule) => rule.type === ValidationTypes.CONDITIONAL_VALIDATION)
      .map(({ propertyName }) => propertyName),
  );
  const members = Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>);
  const properties = members.map(([name, member]) => [
    name,
    optional.has(name) ? { anyOf: [member, { type: 'null' }] } : member,
  ]);
  return { ...schema, properties: Object.fromEntries(properties) as ObjectSchema };
}

/** The class of a member, as `@Type()` or the compiler tells it. */
function memberType(type: Type, member: string): Type | undefined {
  const declared = defaultMetadataStorage.findTypeMetadata(type, member);
  if (declared !== undefined) return declared.typeFunction() as Type;
  return Reflect.getMetadata('design:type', type.prototype as object, member) as Type | undefined;
}

function hasRules(type: Type): boolean {
  return rulesOf(type).length > 0;
}

function rulesOf(
  type: Type,
): ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']> {
  return getMetadataStorage().getTargetValidationMetadatas(type, '', true, false);
}
