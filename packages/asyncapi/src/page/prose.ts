/** The little of CommonMark that descriptions have: paragraphs, lists with `-`, code and emphasis. */
import { html, type Html } from './html.js';

export function prose(text = ''): readonly Html[] {
  return text
    .split(/\n{2,}/)
    .filter((block) => block.trim() !== '')
    .map((block) => {
      const lines = block.trim().split('\n');
      return lines.every((line) => line.startsWith('- '))
        ? html`<ul>
            ${lines.map((line) => html`<li>${inline(line.slice(2))}</li>`)}
          </ul>`
        : html`<p>${inline(lines.join(' '))}</p>`;
    });
}

/** A line of it. */
export function inline(text: string): readonly Html[] {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((piece) => {
    if (/^`.+`$/.test(piece)) return html`<code>${piece.slice(1, -1)}</code>`;
    return /^\*\*.+\*\*$/.test(piece) ? html`<b>${piece.slice(2, -2)}</b>` : html`${piece}`;
  });
}
