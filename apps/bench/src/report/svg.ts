/** The few parts of an SVG picture that charts are made of; readable on light and on dark pages. */

const STYLE = `text { font: 12px sans-serif; fill: #333 } .title { font-weight: bold } .faint { fill: #777 } .bar { fill: #8a97a8 } .first { fill: #2f6fde }
polyline { fill: none; stroke-width: 1.5; stroke: #8a97a8 } polyline.first { fill: none; stroke: #2f6fde } .axis { stroke: #ccc }
@media (prefers-color-scheme: dark) { text { fill: #ddd } .faint { fill: #999 } .bar { fill: #6b7686 } .first { fill: #6ea0ff } polyline { stroke: #6b7686 } polyline.first { fill: none; stroke: #6ea0ff } .axis { stroke: #555 } }`;

/** A whole picture. */
export function svg(width: number, height: number, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<style>${STYLE}</style>
${parts.join('\n')}
</svg>
`;
}

export function text(x: number, y: number, content: string, style?: string): string {
  return `<text x="${x.toFixed(1)}" y="${y}"${style === undefined ? '' : ` class="${style}"`}>${escaped(content)}</text>`;
}

const escaped = (content: string): string =>
  content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
