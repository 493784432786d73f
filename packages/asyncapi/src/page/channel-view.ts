import type {
  AsyncApiChannel,
  AsyncApiDocument,
  AsyncApiOperation,
  Reference,
} from '../document/asyncapi-document.js';
import { html, type Html, type HtmlPart } from './html.js';
import { messageView } from './message-view.js';
import { inline, prose } from './prose.js';
import { schemaView } from './schema-view.js';

/** A gateway: where it is, what goes over it, and what that looks like. */
export function channelView(
  document: AsyncApiDocument,
  key: string,
  channel: AsyncApiChannel,
): Html {
  const { title, description, messages, bindings } = channel;
  const { query } = bindings.ws;
  const operations = Object.values(document.operations).filter(
    (operation) => lastOf(operation.channel) === key,
  );
  const aliases = Object.values(document.channels).filter(
    (other) => other['x-alias-of']?.$ref === `#/channels/${key}`,
  );
  return html`<section id="channel-${key}">
    <h2>${title}</h2>
    ${[channel, ...aliases].map((each) => html`<p class="url"><code>${urlOf(document, each)}</code></p>`)}
    ${prose(description)}
    ${
      query === undefined
        ? ''
        : html`<h3>Query parameters</h3>
            <div class="schema">${schemaView(query)}</div>`
    }
    ${operationList(document, 'Clients send', operations, 'receive')}
    ${operationList(document, 'The server sends', operations, 'send')}
    <h3>Messages</h3>
    ${Object.keys(messages).map((name) => {
      const message = document.components.messages[name];
      return message === undefined ? undefined : messageView(name, message);
    })}
  </section>`;
}

function urlOf(
  { servers }: AsyncApiDocument,
  { servers: references, address }: AsyncApiChannel,
): string {
  return references
    .flatMap((reference) => servers[lastOf(reference)] ?? [])
    .map(({ protocol, host }) => `${protocol}://${host}${address}`)
    .join(' ');
}

function operationList(
  document: AsyncApiDocument,
  heading: string,
  operations: readonly AsyncApiOperation[],
  action: AsyncApiOperation['action'],
): HtmlPart {
  const listed = operations.filter((operation) => operation.action === action);
  if (listed.length === 0) return undefined;
  return html`<h3>${heading}</h3>
    <dl>
      ${listed.map(
        ({ title, summary, description, messages, reply }) =>
          html`<dt><code>${title}</code></dt>
            <dd>
              ${summary === undefined ? '' : html`<p>${inline(summary)}</p>`} ${prose(description)}
              <p class="note">
                ${links(document, messages)}${reply === undefined ? '' : html` → ${links(document, reply.messages)}`}
              </p>
            </dd>`,
      )}
    </dl>`;
}

function links({ components }: AsyncApiDocument, messages: readonly Reference[]): HtmlPart {
  return messages.map((reference, index) => {
    const key = lastOf(reference);
    return html`${index === 0 ? '' : ', '}<a href="#message-${key}"
        >${components.messages[key]?.name}</a
      >`;
  });
}

function lastOf({ $ref }: Reference): string {
  return $ref.slice($ref.lastIndexOf('/') + 1);
}
