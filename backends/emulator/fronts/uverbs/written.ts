/** A write to the device while its frame is judged: header, the command it names, and where the parts lie. */
import type { Patch, Region } from '../../../../spec/abi/abi.ts';
import {
  ADDRESS_AT,
  EXTENDED_HEADER,
  EXTENDED_WORD,
  PLAIN_HEADER,
  PLAIN_WORD,
} from '../../../../spec/abi/uverbs/frame.ts';
import { COMMAND_EXTENDED } from '../../../../spec/abi/uverbs/layout.ts';
import type { Command } from '../../../../spec/abi/uverbs/tables.ts';
import type { Writer } from '../front.ts';
import type { Bindings } from './bindings.ts';

/** A stretch of memory of the call. */
export interface Stretch {
  readonly region: number;
  readonly at: number;
  readonly bytes: number;
}

const NOWHERE = -1;

export class Written {
  readonly writer: Writer;
  readonly bindings: Bindings;
  readonly regions: readonly Region[];
  readonly patches: readonly Patch[];
  readonly view: DataView;
  word = 0;
  command: Command | undefined;

  constructor(writer: Writer, bindings: Bindings, regions: readonly Region[], patches: readonly Patch[]) {
    this.writer = writer;
    this.bindings = bindings;
    this.regions = regions;
    this.patches = patches;
    const bytes = regions[0]?.bytes ?? new Uint8Array(0);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (this.count < PLAIN_HEADER) return;
    this.word = this.view.getUint32(0, true);
    this.command = bindings.commands.get(this.word)?.command;
  }

  get count(): number {
    return this.view.byteLength;
  }

  /** Extended commands of the device; what it lacks is judged as a plain one. */
  get extended(): boolean {
    return this.command?.extended === true;
  }

  get header(): number {
    return this.extended ? EXTENDED_HEADER : PLAIN_HEADER;
  }

  get inWords(): number {
    return this.view.getUint16(4, true);
  }

  get outWords(): number {
    return this.view.getUint16(6, true);
  }

  get driverInWords(): number {
    return this.extended ? this.view.getUint16(16, true) : 0;
  }

  get driverOutWords(): number {
    return this.extended ? this.view.getUint16(18, true) : 0;
  }

  get reserved(): number {
    return this.extended ? this.view.getUint32(20, true) : 0;
  }

  /** Whether the number lies above every command of the device of its kind. */
  get beyond(): boolean {
    const kind = (word: number): boolean => word >= COMMAND_EXTENDED === this.word >= COMMAND_EXTENDED;
    return [...this.bindings.commands.keys()].filter(kind).every((word) => word < this.word);
  }

  /** Whether the field of the address says anything. */
  get addressed(): boolean {
    return (
      this.#address !== undefined || (this.count >= ADDRESS_AT + 8 && this.view.getBigUint64(ADDRESS_AT, true) !== 0n)
    );
  }

  get #address(): Patch | undefined {
    return this.patches.find(({ into, offset }) => into === 0 && offset === ADDRESS_AT);
  }

  /** The request, and what follows it for the driver. */
  get inputs(): readonly [Stretch, Stretch] {
    const there = this.count - this.header;
    const core = this.extended
      ? this.inWords * EXTENDED_WORD
      : this.command?.driverData === undefined
        ? Math.max(this.inWords * PLAIN_WORD - PLAIN_HEADER, this.command?.requestMinimum ?? 0)
        : this.command.request.bytes;
    const stretch = (at: number, bytes: number): Stretch => ({ region: 0, at: this.header + at, bytes });
    return [stretch(0, core), stretch(core, Math.max(0, there - core))];
  }

  /** Room for the response, and for the driver behind it. */
  get outputs(): readonly [Stretch, Stretch] {
    const whole = this.outWords * (this.extended ? EXTENDED_WORD : PLAIN_WORD);
    const response = this.command?.response.bytes ?? 0;
    const core = !this.extended && this.command?.driverData === 'both' ? response : whole;
    const drivers = this.extended ? this.driverOutWords * EXTENDED_WORD : whole - core;
    const { region, target } = this.#address ?? { region: NOWHERE, target: 0 };
    return [
      { region, at: target, bytes: response === 0 ? 0 : core },
      { region, at: target + core, bytes: drivers },
    ];
  }
}
