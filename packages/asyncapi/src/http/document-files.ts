import type { AsyncApiDocument } from '../document/asyncapi-document.js';
import { toYaml } from '../document/to-yaml.js';
import { PAGE_POLICY, renderPage } from '../page/render-page.js';

/** What a document is served as. */
export type DocumentForm = 'json' | 'yaml' | 'page';

/** An answer. */
export interface DocumentFile {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Nothing in it is secret, so pages of other sites, such as editors of AsyncAPI documents, may read it too. */
const PUBLIC = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
};

/** @param path of the page, for its links. */
export function documentFiles(
  document: AsyncApiDocument,
  path: string,
): Readonly<Record<DocumentForm, DocumentFile>> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return {
    json: file(JSON.stringify(document), 'application/json; charset=utf-8', PUBLIC),
    yaml: file(toYaml(document), 'application/yaml; charset=utf-8', PUBLIC),
    page: file(renderPage(document, { files: name }), 'text/html; charset=utf-8', {
      'content-security-policy': PAGE_POLICY,
      'referrer-policy': 'no-referrer',
    }),
  };
}

function file(text: string, type: string, more: Readonly<Record<string, string>>): DocumentFile {
  const body = Buffer.from(text);
  return {
    headers: {
      'content-type': type,
      'content-length': String(body.length),
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      ...more,
    },
    body,
  };
}
