/** How malformations of an ioctl message are made: of it as a whole, of each attribute, of one attribute more. */
import type { Damage } from '../abi.ts';
import type { DamageName } from '../damage_names.ts';
import type { Draft, DraftAttribute } from './draft.ts';

const whole = (): readonly string[] => [''];

/** A change of the message as a whole. */
export function onMessage(name: DamageName, apply: (draft: Draft) => Draft): Damage<Draft> {
  return { name, targets: whole, apply };
}

/** A change of one attribute, of those it fits: dropped, doubled, altered. */
export function onAttributes(
  name: DamageName,
  fits: (attribute: DraftAttribute) => boolean,
  change: (attribute: DraftAttribute) => readonly DraftAttribute[],
): Damage<Draft> {
  return {
    name,
    targets: (draft) => draft.attributes.filter(fits).map((attribute) => attribute.name),
    apply: (draft, target) => ({
      ...draft,
      attributes: draft.attributes.flatMap((attribute) =>
        attribute.name === target ? change(attribute) : [attribute],
      ),
    }),
  };
}

/** An attribute of `id` more than the message has. */
export function extra(name: DamageName, id: number, flags: number): Damage<Draft> {
  const added: DraftAttribute = {
    name: 'unknown',
    id,
    form: 'in',
    flags,
    reserved: 0,
    payload: new Uint8Array([1, 0, 0, 0]),
    handle: 0,
    required: false,
    sized: false,
    target: false,
  };
  return onMessage(name, (draft) => ({ ...draft, attributes: [...draft.attributes, added] }));
}
