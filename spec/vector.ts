/** What spec/abi/uapi/vectors.yaml publishes, and codec, emulator and a scenario are held to. */
/** A published message: bytes, what they say, and how they are answered. */
export interface Vector {
  readonly name: string;
  readonly request: number;
  /** Lower-case hex without spaces. */
  readonly sent: string;
  readonly decoded: {
    readonly name: string;
    readonly header: Readonly<Record<string, number>>;
    readonly attributes: Readonly<Record<string, string>>;
    /** Offset of the first byte that does not fit the layout. */
    readonly problem?: number;
  };
  /** `0` or an errno name. */
  readonly answer: string;
  /** The message afterwards, `??` for bytes the implementation chooses; absent = unchanged. */
  readonly received?: string;
}
