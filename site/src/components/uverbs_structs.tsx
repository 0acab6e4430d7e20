/** Structs as they lie in memory, and the constants of the headers. */
import type { ReactElement } from 'react';
import type { UverbsConstantsView, UverbsStructView } from '../../../runner/view_model/model.ts';
import { useAnchors } from './anchors.ts';
import { Since } from './uverbs_since.tsx';

/** One paragraph of fields for each struct: there are many, and what is looked for is an offset. */
export function UverbsStructs({ of: structs }: { readonly of: readonly UverbsStructView[] }): ReactElement {
  useAnchors(structs.map(({ name }) => `struct-${name}`));
  return (
    <dl className="index">
      {structs.map(({ name, bytes, since, fields }) => (
        <div key={name} id={`struct-${name}`}>
          <dt>
            <code>{name}</code>{' '}
            <span className="quiet">
              {bytes} bytes <Since since={since} />
            </span>
          </dt>
          <dd className="members">
            {fields.map((field) => (
              <span key={field.name}>
                {field.at} <code>{field.name}</code>{' '}
                <span className="quiet">
                  {field.bytes}
                  {field.big === true ? ' big-endian' : ''}
                  {field.shared === true ? ' instead' : ''} <Since since={field.since} />
                </span>
              </span>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

export function UverbsConstants({ of: constants }: { readonly of: readonly UverbsConstantsView[] }): ReactElement {
  useAnchors(constants.map(({ name }) => `constants-${name}`));
  return (
    <dl className="index">
      {constants.map(({ name, enum: type, prefix, flags, internal, members }) => (
        <div key={name} id={`constants-${name}`}>
          <dt>
            <code>{prefix}</code>
            <span className="quiet">
              {type === undefined ? '' : ` enum ${type}`}
              {internal ? ', defined in the kernel alone' : ''}
            </span>
          </dt>
          <dd className="members">
            {members.map(({ name: member, value, since, until }) => (
              <span key={member}>
                <code>{member}</code> {flags ? `0x${value.toString(16)}` : String(value)}{' '}
                <Since since={since} until={until} />
              </span>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
