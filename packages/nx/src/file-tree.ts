/**
 * What the generators need of the files they change: an Nx `Tree` as it is, and a tree of the Angular devkit through
 * `schematicTree`. Paths are relative to the workspace's root, with slashes. Whether anything reaches the disk is the
 * tool's business: so its dry run works.
 */
export interface FileTree {
  /** Whether there is a file. */
  exists(path: string): boolean;
  /** A file's contents, `null` if there is none. */
  read(path: string): Buffer | null;
  write(path: string, content: string): void;
}

/** What is used of the Angular devkit's `Tree`. */
export interface SchematicTree {
  exists(path: string): boolean;
  read(path: string): Buffer | null;
  create(path: string, content: string): void;
  overwrite(path: string, content: string): void;
}

export function schematicTree(tree: SchematicTree): FileTree {
  return {
    exists: (path) => tree.exists(path),
    read: (path) => tree.read(path),
    write: (path, content) => {
      if (tree.exists(path)) tree.overwrite(path, content);
      else tree.create(path, content);
    },
  };
}
