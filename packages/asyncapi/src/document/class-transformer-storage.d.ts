/** What `@Type()` has written down; class-transformer has no other way to it, and no types at this path. */
declare module 'class-transformer/cjs/storage.js' {
  export { defaultMetadataStorage } from 'class-transformer/types/storage.js';
}
