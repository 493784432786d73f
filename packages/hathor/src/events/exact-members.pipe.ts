import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { SluiceError } from '@sluice/engine';
import { getMetadataStorage } from 'class-validator';

/**
 * Refuses members that the request's class does not declare. The whitelist of `ValidationPipe` lets some pass by their
 * name: `__proto__`, `constructor` and what every object inherits.
 */
export class ExactMembersPipe implements PipeTransform {
  private readonly declared = new Map<object, ReadonlySet<string>>();

  /** @throws SluiceError `INVALID` naming the first member that is too many. */
  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    if (type !== 'body' || metatype === undefined) return value;
    const known = this.membersOf(metatype);
    const extra = Object.keys(value as object).find((name) => !known.has(name));
    if (extra === undefined) return value;
    throw new SluiceError('INVALID', `property ${extra} should not exist`);
  }

  private membersOf(metatype: NonNullable<ArgumentMetadata['metatype']>): ReadonlySet<string> {
    let members = this.declared.get(metatype);
    if (members === undefined) {
      const rules = getMetadataStorage().getTargetValidationMetadatas(metatype, '', true, false);
      members = new Set(rules.map(({ propertyName }) => propertyName));
      this.declared.set(metatype, members);
    }
    return members;
  }
}
