/**
 * @param markdown text of a document.
 * @param file where the document is.
 * @returns the document with its blocks as their files are now.
 * @throws Error if a file or its region does not exist.
 */
export function withCode(markdown: string, file: string): string;
