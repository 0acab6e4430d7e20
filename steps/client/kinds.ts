/** Every kind of object that the device offers and the ABI can make: objects, and queue pairs by type. */
import type { Session } from '../../backends/session.ts';
import { offers, typesOffered } from './offered.ts';
import { creationOf } from './things.ts';

export interface Kind {
  /** `qp RC`: how checks name it. */
  readonly name: string;
  readonly object: string;
  readonly variant: string | undefined;
}

export function kindsOffered(session: Session): Kind[] {
  const tables = Object.values(session.spec.objects).filter(
    (table) =>
      table.instances !== 'fixed' &&
      offers(session, table) &&
      session.abi.expresses(table.object, creationOf(table).name),
  );
  return tables.flatMap(({ object, classId }): Kind[] =>
    typeof classId === 'number'
      ? [{ name: object, object, variant: undefined }]
      : typesOffered(session).map((variant) => ({ name: `${object} ${variant}`, object, variant })),
  );
}
