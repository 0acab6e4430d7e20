/** Virtual time: one tick a call. What a device does by itself happens at a tick, so a run repeats exactly. */
export class VirtualClock {
  now = 0;
  readonly #due: { readonly at: number; readonly action: () => void }[] = [];

  /** Runs `action` when `ticks` more calls have been made; at once for 0. */
  after(ticks: number, action: () => void): void {
    if (ticks === 0) action();
    else this.#due.push({ at: this.now + ticks, action });
  }

  tick(): void {
    this.now += 1;
    if (this.#due.length === 0) return;
    for (const entry of this.#due.splice(0)) {
      if (entry.at <= this.now) entry.action();
      else this.#due.push(entry);
    }
  }
}
