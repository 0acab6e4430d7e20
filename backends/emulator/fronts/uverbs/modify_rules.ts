/**
 * Modify commands: what of the request counts is said by its mask. Source: core/uverbs_cmd.c ib_uverbs_ex_modify_qp, modify_qp; facts A6.
 * A current state given is compared with the real one by the object model; Linux takes the caller's word for it. Both end in EINVAL
 * where the table refuses, so the difference shows only where a wrong claim would make a legal move of an illegal one.
 */
import type { StructValue } from '../../../../spec/abi/abi.ts';
import { modifyBits } from '../../../../spec/abi/uverbs/modify_bits.ts';
import { getNumber } from '../../../../spec/abi/uverbs/values.ts';
import { ERRNO } from '../../../../spec/errno.ts';
import type { Spec } from '../../../../spec/model.ts';
import { bitOf } from '../../../../spec/qp_rules.ts';
import type { Device } from '../../core/device.ts';
import type { Rule } from '../../rules.ts';
import { coreIn } from './command_input.ts';
import { mark, put, slotOf } from './fill.ts';
import { refuse } from './frame_rules.ts';
import type { Message } from './message.ts';

/** True for commands whose mask holds the modify bits of the state table. */
export function isModify(spec: Spec, { object, command }: Message): boolean {
  const { flags, request } = command?.command ?? {};
  const masked = request?.fields.some(({ carries }) => carries.includes('@mask')) === true;
  return masked && flags === undefined && spec.objects[object]?.methods[command?.method ?? '']?.role === 'modify';
}

/** Every bit the mask of the command can have; undefined where any will do. */
export function knownBits(spec: Spec, message: Message): number | undefined {
  const { flags } = message.command?.command ?? {};
  if (flags !== undefined) return Object.values(flags).reduce((sum, bit) => sum | bit, 0);
  return isModify(spec, message) ? Object.values(spec.qp.bits).reduce((sum, bit) => sum | (1 << bit), 0) : undefined;
}

/** The neutral path a port takes: its transport decides, as one place in the message serves all. */
export function pathOf(device: Device, port: number): 'path_ib' | 'path_roce' {
  return device.model.ports[port - 1]?.transport === 'ROCE' ? 'path_roce' : 'path_ib';
}

const portOfPath = (m: Message, name: string): number =>
  Number((m.carried.get(name) as StructValue | undefined)?.['port'] ?? 0);

export function modifyRules(spec: Spec): readonly Rule<Message>[] {
  const [av, port] = [bitOf(spec.qp, 'AV'), bitOf(spec.qp, 'PORT')];
  const stateNames = Object.entries(spec.enums['qp_state'] ?? {});
  const has = (m: Message, bit: number): boolean => (m.mask & bit) !== 0;
  /** Name of the state asked for; empty where the call asks for none. */
  const target = (m: Message): string => {
    const asked = has(m, bitOf(spec.qp, 'STATE')) ? m.carried.get('state') : undefined;
    return stateNames.find(([, number]) => number === asked)?.[0] ?? '';
  };
  return [
    { clause: 'uverbs-mask-carried', apply: (m) => ((m.mask = Number(m.carried.get('@mask') ?? 0)), 0) },
    {
      clause: 'uverbs-mask-adjusted',
      apply: (m) => {
        const adjusted = modifyBits(spec, m.operation?.variant ?? '', target(m), m.mask);
        if (has(m, av) && !has(m, port) && (adjusted & port) !== 0)
          m.carried = new Map([...m.carried, ['port', portOfPath(m, 'path_ib')]]);
        m.mask = adjusted;
        return 0;
      },
    },
    {
      clause: 'uverbs-attributes-carried',
      apply: (m) => {
        const path = pathOf(m.context.device, portOfPath(m, 'path_ib'));
        for (const attribute of Object.values(spec.objects[m.object]?.attributes ?? {})) {
          const slot = slotOf(spec, m, attribute.name);
          if (slot === undefined || attribute.bit === undefined || !has(m, bitOf(spec.qp, attribute.bit))) continue;
          if (attribute.bit === 'AV' && attribute.name !== path) continue;
          const value = m.carried.get(attribute.name);
          if (value === undefined) mark(m, slot.id);
          else put(m, slot, value);
        }
        return 0;
      },
    },
    refuse('qp-modify-alt-path', ERRNO.EINVAL, (m) => has(m, bitOf(spec.qp, 'ALT_PATH')) && !partsAgree(m)),
  ];
}

/** Whether every part of a struct that the request repeats elsewhere says the same there. */
function partsAgree(m: Message): boolean {
  const bytes = coreIn(m) ?? new Uint8Array(0);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return (m.command?.command.request.fields ?? []).every((field) =>
    field.carries.every((path) => {
      const [name = '', part] = path.split('.');
      const whole = m.carried.get(name) as number | bigint | StructValue | undefined;
      return part === undefined || typeof whole !== 'object' || whole[part] === getNumber(view, field.at, field);
    }),
  );
}
