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
  // Other objects of the device.
  'xrcd',
  'driver-class',
  // Transports its ports have.
  'port-ib',
  'port-roce',
  // Controls the backend offers.
  'control-load-sends',
  'control-complete-send',
  'control-force-state',
  // A process without CAP_NET_RAW.
  'unprivileged',
] as const;

export type Capability = (typeof CAPABILITIES)[number];

export function isCapability(word: string): word is Capability {
  return (CAPABILITIES as readonly string[]).includes(word);
}

/** The word for a queue-pair type: RAW_PACKET is `qp-raw-packet`. */
export function capabilityOfType(type: string): string {
  return `qp-${type.toLowerCase().replaceAll('_', '-')}`;
}
