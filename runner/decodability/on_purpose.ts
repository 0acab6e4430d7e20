/** Clauses whose scenarios send what no table names, and what that is; nothing else may be without a name. */

const FRAME = 'a frame that lies about itself';
const PROBE = 'numbers that are asked for one after the other, in messages that make nothing';
const NUMBER = 'a number that nobody has given';
const DRIVER = 'numbers of a driver, which the tables of the core do not have';
const ALL = 'every malformation there is';

export const ON_PURPOSE: Readonly<Record<string, string>> = {
  'ah-unreadable': NUMBER,
  'attribute-length-minimum': FRAME,
  'attribute-overrun': FRAME,
  'attribute-unknown-mandatory': NUMBER,
  'attribute-unknown-optional': NUMBER,
  'chain-maximum': 'a chain of more elements than there may be',
  'chain-nested': FRAME,
  'chain-next-aligned': FRAME,
  'class-driver-unknown': DRIVER,
  'class-unknown': NUMBER,
  'command-bits': NUMBER,
  'command-unknown': NUMBER,
  'complaint-none': ALL,
  'device-read-only': PROBE,
  'discovery-attributes': PROBE,
  'discovery-classes': PROBE,
  'discovery-methods': PROBE,
  'driver-attribute': DRIVER,
  'driver-class': DRIVER,
  'driver-data-foreign': DRIVER,
  'driver-method': DRIVER,
  'driver-table': PROBE,
  'driver-uses': DRIVER,
  'failed-call-no-effect': NUMBER,
  'failed-call-unchanged': ALL,
  'fd-write': 'bytes that are no message, for a descriptor that takes none',
  'header-length': FRAME,
  'header-unreadable': FRAME,
  'message-length-aligned': FRAME,
  'message-length-maximum': FRAME,
  'message-length-minimum': FRAME,
  'message-unreadable': FRAME,
  'message-vectors': 'the vectors of messages that are refused',
  'method-reserved': NUMBER,
  'method-unknown': NUMBER,
  precedence: ALL,
  'removal-after-method': ALL,
  'removal-before-content': ALL,
  'request-foreign': NUMBER,
  'write-credentials': FRAME,
  'write-gap': NUMBER,
  'write-header': FRAME,
  'write-mode': NUMBER,
  'write-vector': 'pieces of commands',
};
