/** What the control register_driver says of a driver: its rows, who it is, and its names for what it adds. */

/** What a driver says of one method of a class. */
export interface RegisteredRow {
  readonly classId: number;
  readonly method: number;
  /**
   * `keep` the common operation; take it away; `refuse` every call with `errno`; or `serve`: do what the common operation
   * does, or for what the driver adds make and end plain objects, and give back what came in each driver attribute.
   */
  readonly operation: 'keep' | 'unsupported' | 'refuse' | 'serve';
  readonly errno?: string;
  /** Attributes of the driver that its operation takes, each of 32 bits and optional. */
  readonly attributes?: readonly RegisteredAttribute[];
}

export interface RegisteredAttribute {
  readonly id: number;
  /** Class of the object that the attribute names by its handle. */
  readonly names?: number;
}

export interface DriverIdentity {
  readonly name: string;
  /** Version of its interface, major in the upper half. */
  readonly version: number;
}

/** A name for a class of the driver, or for a method or an attribute of it in any class. */
export interface RegisteredName {
  readonly classId: number;
  readonly method?: number;
  readonly attribute?: number;
  readonly name: string;
}
