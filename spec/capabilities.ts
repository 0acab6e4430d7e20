/**
 * What a scenario may ask of a backend with `@needs:…`. The list is closed: the lint refuses any other word,
 * because a misspelt need would never be met and its scenario silently never run.
 */
export const CAPABILITIES = [
  // Queue-pair types of the device, and queue pairs of any type or of none.
  'qp-rc',
  'qp-uc',
  'qp-ud',
  'qp-raw-packet',
  'qp-xrc-ini',
  'qp-xrc-tgt',
  'qp-driver',
  'qp',
  'no-qp',
  // Queue pairs that modify alone brings to RTS, by the core's table or that of a sub-type; those of iWARP need a connection.
  'qp-modify-connects',
  // Other objects of the device, by their names in the tables.
  'pd',
  'cq',
  'xrcd',
  'mr',
  'mw',
  'dm',
  'ah',
  'srq',
  'wq',
  'rwq-ind-tbl',
  'flow',
  'counters',
  'comp-channel',
  'async-event',
  'event-channel',
  'cm-id',
  'driver-class',
  // A node beside the devices, for what belongs to none of them.
  'system-node',
  // Extra methods of queue pairs: multicast groups, and work requests that are really carried out.
  'mcast',
  // Methods that a driver may leave out.
  'ah-many',
  'cq-modify',
  'cq-req-notify',
  'mr-modify',
  // A range can be changed too, not only permissions and protection domain.
  'mr-modify-range',
  'srq-modify',
  // Values of them that a driver may leave out.
  'srq-resize',
  // Objects of which a device allows so few that the suite can make them all.
  'pd-counted',
  'cq-counted',
  'qp-counted',
  'xrcd-counted',
  'mr-counted',
  'mw-counted',
  'ah-counted',
  'srq-counted',
  'wq-counted',
  'rwq-ind-tbl-counted',
  'flow-counted',
  'counters-counted',
  'post',
  // A driver that makes address handles only for those who let it sleep.
  'ah-slept',
  // Memory of the device at offset 0 of its file, as doorbells are.
  'doorbell-page',
  // Transports its ports have.
  'port-ib',
  'port-roce',
  'port-iwarp',
  // A port that cannot carry the largest path MTU there is.
  'mtu-beyond',
  // A port whose table of GIDs ends before the indexes that a message can say.
  'gid-index-beyond',
  // A port whose table of GIDs has an empty entry.
  'gid-empty',
  // Controls the backend offers.
  'control-force-state',
  'control-register-driver',
  'control-remove',
  'control-plug',
  'control-raise-event',
  'control-set-port',
  'control-stall',
  'control-release',
  // A device that can be made silent while it carries a command out.
  'stall-hardware',
  // Controls that reach every method, also those that a core carries out without the driver.
  'stall-core',
  'control-fail',
  'control-kernel-call',
  // A process without CAP_NET_RAW.
  'unprivileged',
  // A backend that hears what the implementation says of faults in itself.
  'complaints',
] as const;

export type Capability = (typeof CAPABILITIES)[number];

/** Whether a word is about the way to a device, its backend and its controls, and not about the device. */
export function isOfTheWay(word: string): boolean {
  return /^(?:control-|stall-|unprivileged$|complaints$)/.test(word);
}

export function isCapability(word: string): word is Capability {
  return (CAPABILITIES as readonly string[]).includes(word);
}

/** The word for a control: `set_port` is `control-set-port`. */
export function capabilityOfControl(action: string): string {
  return `control-${action.replaceAll('_', '-')}`;
}

/** More objects of one kind than this are not made on a device that allows them. */
export const MOST_MADE = 4096;

/** The word for objects of which a device allows no more than are made. */
export function capabilityOfCount(object: string): string {
  return `${capabilityOfObject(object)}-counted`;
}

/** The word for an object: `rwq_ind_tbl` is `rwq-ind-tbl`. */
export function capabilityOfObject(object: string): string {
  return object.replaceAll('_', '-');
}

/** The word for a queue-pair type: RAW_PACKET is `qp-raw-packet`. */
export function capabilityOfType(type: string): string {
  return `qp-${type.toLowerCase().replaceAll('_', '-')}`;
}
