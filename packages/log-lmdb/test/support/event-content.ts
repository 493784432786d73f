/** Content that follows from the id, of 20 bytes to about 3 KB. */
export function eventContent(id: number): Buffer {
  return Buffer.alloc(20 + ((id * 7919) % 3000), `event ${id};`);
}
