/**
 * What a method's handler looks at before the object model does. Source: core/uverbs_std_types_{device,cq,qp}.c.
 * One difference in order: Linux learns that the device lacks a queue-pair type from the driver, after the objects; here it comes first.
 */
import type { NativeAttribute } from '../../../../spec/abi/uverbs/tables.ts';
import { ERRNO } from '../../../../spec/errno.ts';
import type { Spec } from '../../../../spec/model.ts';
import type { Slot } from '../../slots.ts';
import type { Rule } from '../../rules.ts';
import { isOpen } from './contexts.ts';
import { fillFromAttributes, readInputs, slotOf } from './fill.ts';
import { refuse } from './frame_rules.ts';
import type { Given, Message } from './message.ts';
import { srqTypeRules } from './srq_type_rules.ts';

const opensContext = (m: Message): boolean => m.method?.native.opensContext === true;
/** Flags come as four or as eight bytes. */
const FLAG_BYTES: ReadonlySet<number> = new Set([4, 8]);

/** Whether an attribute names the object the call is about. */
const isTarget = ({ layout }: NativeAttribute): boolean => layout.fields[0]?.carries[0] === '@handle';

const givens = (m: Message): readonly Given[] => [...m.given.values()];

export function methodRules(spec: Spec): readonly Rule<Message>[] {
  const typeName = (m: Message): string | undefined => {
    const number = m.carried.get('@variant');
    return Object.entries(spec.enums['qp_type'] ?? {}).find(([, value]) => value === number)?.[0];
  };
  /** Slots a message of this operation needs and has not given. */
  const missing = (m: Message, handles: boolean): boolean =>
    (m.operation?.slots ?? []).some(
      (slot: Slot | undefined) =>
        slot?.required === true &&
        (slot.kind === 'handle') === handles &&
        !m.call.has(slot.id) &&
        m.operation?.waivers.some(({ id, by }) => id === slot.id && m.call.has(by)) !== true,
    );
  return [
    refuse('context-first', ERRNO.EINVAL, (m) => !opensContext(m) && !isOpen(m.context)),
    refuse('context-once', ERRNO.EINVAL, (m) => opensContext(m) && isOpen(m.context)),
    refuse('uverbs-number-range', ERRNO.EINVAL, (m) =>
      givens(m).some(
        ({ native, data }) => native?.form === 'const' && BigInt.asUintN(64, data) > BigInt(native.maximum),
      ),
    ),
    refuse('attribute-short', ERRNO.EINVAL, (m) =>
      givens(m).some(({ native, length }) => native?.form === 'flags' && !FLAG_BYTES.has(length)),
    ),
    { clause: 'uverbs-input-unreadable', apply: (m) => readInputs(spec, m) },
    refuse('uverbs-qp-type', ERRNO.EINVAL, (m) => m.carried.has('@variant') && typeName(m) === undefined),
    {
      clause: 'qp-create-type',
      apply: (m) => {
        m.operation = m.operations?.get(typeName(m) ?? m.call.target?.variant ?? '');
        return m.operation === undefined ? ERRNO.EOPNOTSUPP : 0;
      },
    },
    {
      clause: 'uverbs-attributes-carried',
      apply: (m) => {
        fillFromAttributes(spec, m);
        return 0;
      },
    },
    refuse('uverbs-object-foreign', ERRNO.EINVAL, (m) =>
      givens(m).some(
        ({ native }) =>
          native?.access === 'read' &&
          native.form === 'object' &&
          !isTarget(native) &&
          slotOf(spec, m, native.layout.fields[0]?.carries[0] ?? '') === undefined,
      ),
    ),
    ...srqTypeRules(spec),
    refuse('uverbs-object-missing', ERRNO.ENOENT, (m) => missing(m, true)),
    refuse('uverbs-driver-input', ERRNO.EINVAL, (m) => missing(m, false)),
    // The core makes a creation flag of it, and a driver refuses the flags it does not have.
    refuse('uverbs-source-qpn', ERRNO.EOPNOTSUPP, (m) => m.given.has('SOURCE_QPN')),
  ];
}
