/** Names the field in hand without building strings until an error needs one. */
export class FieldPath {
  #list = '';
  #index = 0;

  /** The next fields belong to element `index` of `list`. */
  enter(list: string, index: number): void {
    this.#list = list;
    this.#index = index;
  }

  /** The next fields belong to the vertex itself. */
  leave(): void {
    this.#list = '';
  }

  /** `outputs[3].value`, or `parents[1]` for an element without fields of its own. */
  of(field: string): string {
    if (this.#list === '') return field;
    const element = `${this.#list}[${this.#index}]`;
    return field === '' ? element : `${element}.${field}`;
  }
}
