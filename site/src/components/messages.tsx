/** The messages of an object's methods as they lie in memory, made by the codec from the tables. */
import type { ReactElement } from 'react';
import type { Layout, ObjectView } from '../../../runner/view_model/model.ts';
import { Bytes } from './bytes.tsx';

export function Messages({ object: { object, methods } }: { readonly object: ObjectView }): ReactElement {
  const layouts = methods.flatMap((method) => method.layouts.map((layout) => ({ method: method.name, layout })));
  return (
    <>
      <p>
        What each call sends at the least: the attributes it requires, and of a query some outputs. The bytes are those
        that the suite itself would send, with examples for values; little-endian.
      </p>
      {layouts.map(({ method, layout }) => (
        <Message
          key={`${layout.abi} ${method} ${layout.variant ?? ''}`}
          object={object}
          method={method}
          layout={layout}
        />
      ))}
    </>
  );
}

function Message({
  object,
  method,
  layout,
}: {
  readonly object: string;
  readonly method: string;
  readonly layout: Layout;
}): ReactElement {
  const { abi, name, variant, request, bytes, cells, buffers } = layout;
  const title = `${object}.${method}${variant === undefined ? '' : ` of ${variant}`} in ${abi}`;
  return (
    <details className="message">
      <summary>
        <code>
          {object}.{method}
        </code>
        {variant === undefined ? '' : ` ${variant}`} <span className="tag">{abi}</span>{' '}
        <span className="quiet">
          {bytes} bytes
          {buffers.length > 0 ? ` and ${String(buffers.length)} ${buffers.length === 1 ? 'buffer' : 'buffers'}` : ''}
        </span>
      </summary>
      <p className="quiet">
        <code>{name}</code>, request <code>{request}</code>
      </p>
      <Bytes cells={cells} label={`Message ${title}`} />
      {buffers.map(({ title: buffer, bytes: size, cells: its }) => (
        <div key={buffer}>
          <p className="quiet">
            {buffer}, {size} bytes
          </p>
          <Bytes cells={its} label={`${buffer} of ${title}`} />
        </div>
      ))}
    </details>
  );
}
