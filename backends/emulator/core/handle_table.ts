/**
 * Handles of one space: small numbers, the lowest free one first (`handle-lowest`).
 * Look-up is one array access whatever the number of live handles; freeing costs the logarithm of the number of holes.
 */
export class HandleTable<T> {
  readonly #first: number;
  readonly #slots: (T | undefined)[] = [];
  /** Binary min-heap of free slots below the end. */
  readonly #holes: number[] = [];

  constructor(first: number) {
    this.#first = first;
  }

  add(item: T): number {
    const hole = this.#takeHole();
    if (hole === undefined) return this.#slots.push(item) - 1 + this.#first;
    this.#slots[hole] = item;
    return hole + this.#first;
  }

  get(handle: number): T | undefined {
    const slot = handle - this.#first;
    return slot >= 0 && slot < this.#slots.length ? this.#slots[slot] : undefined;
  }

  remove(handle: number): void {
    if (this.get(handle) === undefined) return;
    const slot = handle - this.#first;
    this.#slots[slot] = undefined;
    this.#addHole(slot);
  }

  #addHole(slot: number): void {
    const heap = this.#holes;
    let at = heap.push(slot) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((heap[parent] as number) <= slot) break;
      heap[at] = heap[parent] as number;
      at = parent;
    }
    heap[at] = slot;
  }

  #takeHole(): number | undefined {
    const heap = this.#holes;
    const least = heap[0];
    const last = heap.pop();
    if (least === undefined || last === undefined || heap.length === 0) return least;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && (heap[child + 1] as number) < (heap[child] as number)) child += 1;
      if ((heap[child] as number) >= last) break;
      heap[at] = heap[child] as number;
      at = child;
    }
    heap[at] = last;
    return least;
  }
}
