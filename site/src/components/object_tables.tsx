/** The tables of one object: what it is, its methods, its attributes. */
import Link from '@docusaurus/Link';
import type { ReactElement } from 'react';
import type { MethodView, ObjectView } from '../../../runner/view_model/model.ts';
import { useAnchors } from './anchors.ts';
import { ClauseLink, Listed } from './links.tsx';
import { Scrolling } from './page.tsx';

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

export function Methods({ object: { object, methods } }: Props): ReactElement {
  useAnchors(methods.map(({ name }) => `method-${name}`));
  return (
    <>
      {methods.map((method) => (
        <section
          key={method.name}
          className="method"
          id={`method-${method.name}`}
          aria-label={`${object}.${method.name}`}
        >
          <p>
            <code className="name">
              {object}.{method.name}
            </code>{' '}
            <span className="quiet">
              method {method.number}, {method.abi.join(' and ')}
              {method.serves === undefined ? '' : `, of ${method.serves.join(', ')}`}
            </span>
            <br />
            {method.meaning}
            <Carried method={method} />
          </p>
          <MethodAttributes object={object} method={method} />
        </section>
      ))}
    </>
  );
}

/** What the method is called on the wire of Linux. */
function Carried({ method: { layouts } }: { readonly method: MethodView }): ReactElement | null {
  const names = [...new Set(layouts.filter(({ abi }) => abi === 'uverbs').map(({ name }) => name))];
  if (names.length === 0) return null;
  return (
    <span className="quiet">
      ; in uverbs{' '}
      <Listed>
        {names.map((name) => (
          <code key={name}>{name}</code>
        ))}
      </Listed>
    </span>
  );
}

function MethodAttributes({
  object,
  method,
}: {
  readonly object: string;
  readonly method: MethodView;
}): ReactElement | null {
  if (method.attributes.length === 0) return <p className="quiet">Takes no attributes.</p>;
  return (
    <Scrolling label={`Attributes of ${object}.${method.name}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">attribute</th>
            <th scope="col">direction</th>
            <th scope="col">needed</th>
          </tr>
        </thead>
        <tbody>
          {method.attributes.map(({ name, direction, required, only, optionalFor, unless }) => (
            <tr key={name}>
              <th scope="row">
                <a href={`#attribute-${name}`}>
                  <code>{name}</code>
                </a>
              </th>
              <td>{direction}</td>
              <td>
                {required ? 'required' : 'optional'}
                {optionalFor === undefined ? '' : `, optional for ${optionalFor.join(', ')}`}
                {only === undefined ? '' : `; ${only.join(', ')} only`}
                {unless === undefined ? '' : `; not with ${unless}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}

export function Attributes({ object: { object, attributes } }: Props): ReactElement {
  useAnchors(attributes.map(({ name }) => `attribute-${name}`));
  if (attributes.length === 0) return <p>None.</p>;
  return (
    <Scrolling label={`Attributes of ${object}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">attribute</th>
            <th scope="col">id in uapi</th>
            <th scope="col">type</th>
            <th scope="col">meaning</th>
          </tr>
        </thead>
        <tbody>
          {attributes.map(({ name, id, type, meaning, bit, variants, bounds }) => (
            <tr key={name} id={`attribute-${name}`}>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>{id >= 0x8000 ? `0x${id.toString(16)}` : String(id)}</td>
              <td>
                <TypeText type={type} />
              </td>
              <td>
                {meaning}
                {bit === undefined ? (
                  ''
                ) : (
                  <>
                    {' '}
                    (modify bit <code>{bit}</code>)
                  </>
                )}
                {variants === undefined ? '' : `; ${variants.join(', ')} only`}
                {bounds.map(({ what, clause }) => (
                  <div key={what} className="quiet">
                    bounds <code>{what}</code>: <ClauseLink id={clause} />
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}

/** Types that are tables of their own are links to them. */
function TypeText({ type }: { readonly type: string }): ReactElement {
  const [kind = '', name = ''] = type.replace(/^list of record /, 'struct ').split(' ');
  const known = kind === 'enum' || kind === 'flags' || kind === 'struct';
  return known ? <Link to={`/types/#${kind}-${name}`}>{type}</Link> : <>{type}</>;
}
