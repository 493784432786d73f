import { stringify } from 'yaml';
import type { AsyncApiDocument } from './asyncapi-document.js';

/** Text of a document in YAML 1.2. */
export function toYaml(document: AsyncApiDocument): string {
  return stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 });
}
