import type { AsyncApiMessage } from '../document/asyncapi-document.js';
import { html, type Html } from './html.js';
import { inline, prose } from './prose.js';
import { schemaView } from './schema-view.js';

/** A message with its members and examples, folded. */
export function messageView(key: string, message: AsyncApiMessage): Html {
  const { name, summary, description, payload, examples = [] } = message;
  // The target is inside: a browser that is sent there unfolds what is around it.
  return html`<details>
    <summary><code>${name}</code> <span class="note">${inline(summary ?? '')}</span></summary>
    ${prose(description)}
    <div class="schema" id="message-${key}">${schemaView(payload)}</div>
    ${examples.map(
      (example) =>
        html`<figure>
          <figcaption>${inline(example.summary ?? 'Example')}</figcaption>
          <pre tabindex="0">${JSON.stringify(example.payload, undefined, 2)}</pre>
        </figure>`,
    )}
  </details>`;
}
