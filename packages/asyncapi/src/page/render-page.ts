/** A document as one HTML page: no script, nothing from elsewhere. */
import { createHash } from 'node:crypto';
import type { AsyncApiDocument } from '../document/asyncapi-document.js';
import { channelView } from './channel-view.js';
import { Html, html } from './html.js';
import { PAGE_STYLE } from './page-style.js';
import { prose } from './prose.js';
import { schemaView, shortName } from './schema-view.js';

/** Options of {@link renderPage}. */
export interface PageOptions {
  /** Where the document is, without `.json` and `.yaml`, for links to it. Default: no links. */
  readonly files?: string;
}

/** Value of `Content-Security-Policy` for the page: its own style and nothing else. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const STYLE = new Html(`<style>${PAGE_STYLE}</style>`);

/** The whole page. */
export function renderPage(document: AsyncApiDocument, { files }: PageOptions = {}): string {
  const { info, components } = document;
  const channels = Object.entries(document.channels).filter(
    ([, channel]) => channel['x-alias-of'] === undefined,
  );
  const schemas = Object.entries(components.schemas);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${info.title}</title>
        ${STYLE}
      </head>
      <body>
        <header>
          <h1>${info.title} <small>${info.version}</small></h1>
          ${prose(info.description)}
          ${
            files === undefined
              ? ''
              : html`<p>
                  AsyncAPI ${document.asyncapi}: <a href="${files}.json">JSON</a>,
                  <a href="${files}.yaml">YAML</a>
                </p>`
          }
        </header>
        <nav>
          ${channels.map(([key, { title }]) => html`<a href="#channel-${key}">${title}</a>`)}
          ${schemas.length === 0 ? '' : html`<a href="#schemas">Schemas</a>`}
        </nav>
        <main>
          ${channels.map(([key, channel]) => channelView(document, key, channel))}
          ${
            schemas.length === 0
              ? ''
              : html`<section id="schemas">
                  <h2>Schemas</h2>
                  ${schemas.map(
                    ([key, schema]) =>
                      html`<details open>
                        <summary><code>${shortName(key)}</code></summary>
                        <div class="schema" id="schema-${key}">${schemaView(schema)}</div>
                      </details>`,
                  )}
                </section>`
          }
        </main>
      </body>
    </html>`.text;
}
