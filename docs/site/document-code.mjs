/**
 * Code of files in documents, so that it is read wherever documents are: on GitHub as on the site.
 *
 * `<!-- code: FILE#REGION -->` above a block of TypeScript says that the block is that region of that file, without a
 * region the whole file; the path is relative to the document. `npm run format` writes the blocks anew.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BLOCK = /^<!-- code: ([^\s#]+)(?:#(\S+))? -->\n\n```ts\n[^]*?^```$/gm;
const REGION_MARK = /^\s*\/\/ #(?:end)?region /;

/**
 * @param {string} markdown text of a document.
 * @param {string} file where the document is.
 * @returns the document with its blocks as their files are now.
 * @throws Error if a file or its region does not exist.
 */
export function withCode(markdown, file) {
  return markdown.replace(BLOCK, (block, path, region) => {
    const lines = readFileSync(join(dirname(file), path), 'utf8')
      .trimEnd()
      .split('\n');
    const code = region === undefined ? lines : regionOf(lines, region, path);
    const mark = block.slice(0, block.indexOf('\n'));
    return `${mark}\n\n\`\`\`ts\n${withoutIndent(code)}\n\`\`\``;
  });
}

function regionOf(lines, region, path) {
  const from = lines.findIndex((line) => line.trim() === `// #region ${region}`);
  const to = lines.findIndex((line) => line.trim() === `// #endregion ${region}`);
  if (from < 0 || to < from) throw new Error(`${path} has no region ${region}`);
  return lines.slice(from + 1, to);
}

function withoutIndent(lines) {
  const code = lines.filter((line) => !REGION_MARK.test(line));
  const indent = Math.min(...code.filter((line) => line !== '').map((line) => line.search(/\S/)));
  return code.map((line) => line.slice(indent)).join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const docs = fileURLToPath(new URL('..', import.meta.url));
  for (const name of readdirSync(docs).filter((each) => each.endsWith('.md'))) {
    const file = join(docs, name);
    const text = readFileSync(file, 'utf8');
    const now = withCode(text, file);
    if (now !== text) writeFileSync(file, now);
  }
}
