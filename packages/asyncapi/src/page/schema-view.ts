/** JSON Schema as nested lists. */
import type { JsonSchema } from '@sluice/engine';
import { html, type Html, type HtmlPart } from './html.js';
import { inline } from './prose.js';

type Keywords = Readonly<Record<string, unknown>>;

const PREFIX = '#/components/schemas/';

/** Keywords that say more about a value than its type does, in the order in which they are shown. */
const RULES: readonly (readonly [keyword: string, text: string])[] = [
  ['format', ''],
  ['pattern', 'pattern'],
  ['minimum', '≥'],
  ['exclusiveMinimum', '>'],
  ['maximum', '≤'],
  ['minLength', 'length ≥'],
  ['maxLength', 'length ≤'],
  ['minItems', 'items ≥'],
  ['maxItems', 'items ≤'],
];

export function schemaView(schema: JsonSchema): Html {
  if (typeof schema === 'boolean') return schema ? html`anything` : html`nothing`;
  const { $ref, description } = schema;
  const note =
    typeof description === 'string' ? html` <span class="note">${inline(description)}</span>` : '';
  if (typeof $ref === 'string') {
    const name = $ref.slice(PREFIX.length);
    return html`<a href="#schema-${name}">${shortName(name)}</a>${note}`;
  }
  return html`${head(schema)}${rules(schema)}${note}${members(schema)}${items(schema)}${choices(schema)}`;
}

/** A component's name without the gateway's in front. */
export function shortName(key: string): string {
  return key.slice(key.indexOf('.') + 1);
}

function head({ type, const: constant, enum: values, ...others }: Keywords): HtmlPart {
  if (constant !== undefined) return code(constant);
  if (Array.isArray(values)) {
    return values.map((value, index) => html`${index === 0 ? '' : ' | '}${code(value)}`);
  }
  if (type !== undefined) return html`<i>${textOf(type)}</i>`;
  return Object.keys(others).some((keyword) => keyword !== 'description') ? '' : html`anything`;
}

function rules(schema: Keywords): HtmlPart {
  return RULES.filter(([keyword]) => schema[keyword] !== undefined).map(
    ([keyword, text]) => html` <small>${text} <code>${String(schema[keyword])}</code></small>`,
  );
}

function members({ properties = {}, required = [], additionalProperties }: Keywords): HtmlPart {
  const wanted = new Set(required as readonly string[]);
  const rows = Object.entries(properties as Readonly<Record<string, JsonSchema>>).map(
    ([name, member]) =>
      html`<li>
        <code class="name">${name}</code>${wanted.has(name) ? '' : html`<small> optional</small>`}
        ${schemaView(member)}
      </li>`,
  );
  const others =
    typeof additionalProperties === 'object' && additionalProperties !== null
      ? html`<li><i>other members</i> ${schemaView(additionalProperties as JsonSchema)}</li>`
      : undefined;
  return rows.length === 0 && others === undefined
    ? ''
    : html`<ul>
        ${rows}${others}
      </ul>`;
}

function items({ items: element }: Keywords): HtmlPart {
  if (element === undefined) return '';
  const elements = (Array.isArray(element) ? element : [element]) as readonly JsonSchema[];
  return html`<ul>
    ${elements.map((each) => html`<li>${schemaView(each)}</li>`)}
  </ul>`;
}

function choices(schema: Keywords): HtmlPart {
  const kinds = [
    ['oneOf', 'one of'],
    ['anyOf', 'one of'],
    ['allOf', 'together with'],
  ] as const;
  return kinds
    .filter(([keyword]) => Array.isArray(schema[keyword]))
    .map(
      ([keyword, text]) =>
        html` <i>${text}</i>
          <ul>
            ${(schema[keyword] as readonly JsonSchema[]).map((each) => html`<li>${schemaView(each)}</li>`)}
          </ul>`,
    );
}

/** `integer`, or `integer or null`. */
function textOf(type: unknown): string {
  return Array.isArray(type) ? type.join(' or ') : String(type);
}

function code(value: unknown): Html {
  return html`<code>${JSON.stringify(value)}</code>`;
}
