/** What an object is: how it comes to be, what it is made of, which numbers it has. */
import Link from '@docusaurus/Link';
import type { ReactElement } from 'react';
import type { ObjectView } from '../../../runner/view_model/model.ts';
import { Listed } from './links.tsx';

interface Props {
  readonly object: ObjectView;
}

const INSTANCES: Readonly<Record<ObjectView['instances'], string>> = {
  created: 'made and destroyed by calls',
  fixed: 'there from the start, named by a known number',
  fd: 'named by a file descriptor, ends when that is closed',
};

function ObjectLink({ name }: { readonly name: string }): ReactElement {
  return (
    <Link to={`/objects/${name}/`}>
      <code>{name}</code>
    </Link>
  );
}

export function ObjectFacts({ object }: Props): ReactElement {
  const { classId, instances, space, limit, uses, usedBy, lifecycle, moves, driver } = object;
  return (
    <dl className="object-facts">
      <dt>Instances</dt>
      <dd>
        {INSTANCES[instances]}
        {driver ? '; a class of a driver' : ''}
      </dd>
      <dt>
        Class in <code>uapi</code>
      </dt>
      <dd>
        {typeof classId === 'number' ? (
          String(classId)
        ) : (
          <Listed>
            {Object.entries(classId).map(([variant, id]) => (
              <span key={variant}>
                {variant} {String(id)}
              </span>
            ))}
          </Listed>
        )}
        ; handle space <code>{space}</code>
      </dd>
      {limit !== undefined && (
        <>
          <dt>How many</dt>
          <dd>
            the device’s{' '}
            <Link to={`/objects/device/#attribute-${limit}`}>
              <code>{limit}</code>
            </Link>
          </dd>
        </>
      )}
      {uses.length > 0 && (
        <>
          <dt>Uses what its create names in</dt>
          <dd>
            <Listed>
              {uses.map((name) => (
                <code key={name}>{name}</code>
              ))}
            </Listed>
          </dd>
        </>
      )}
      {usedBy.length > 0 && (
        <>
          <dt>Used by</dt>
          <dd>
            <Listed>
              {usedBy.map((name) => (
                <ObjectLink key={name} name={name} />
              ))}
            </Listed>
          </dd>
        </>
      )}
      {lifecycle.length > 0 && (
        <>
          <dt>Life that scenarios walk</dt>
          <dd>
            <ol className="life">
              {lifecycle.map(({ name, method, only }) => (
                <li key={name}>
                  {name}{' '}
                  <span className="quiet">
                    by {method}
                    {only === undefined ? '' : `, ${only.join(', ')} only`}
                  </span>
                </li>
              ))}
            </ol>
          </dd>
        </>
      )}
      {moves !== undefined && (
        <>
          <dt>States</dt>
          <dd>
            {Object.entries(moves).map(([from, to]) => (
              <div key={from}>
                <code>{from}</code> to {to.join(', ')}
              </div>
            ))}
          </dd>
        </>
      )}
    </dl>
  );
}
