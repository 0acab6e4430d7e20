/** Links to clauses, objects and lists of them. */
import Link from '@docusaurus/Link';
import type { ReactElement, ReactNode } from 'react';
import { useClauseAddress } from './shared.ts';

export function ClauseLink({ id }: { readonly id: string }): ReactElement {
  const address = useClauseAddress()(id);
  return address === undefined ? (
    <code>{id}</code>
  ) : (
    <Link to={address}>
      <code>{id}</code>
    </Link>
  );
}

/** Things one after the other with commas between them. */
export function Listed({
  children,
  separator = ', ',
}: {
  readonly children: readonly ReactNode[];
  readonly separator?: string;
}): ReactElement {
  return (
    <>
      {children.map((child, index) => (
        <span key={index}>
          {index === 0 ? '' : separator}
          {child}
        </span>
      ))}
    </>
  );
}

export function ClauseLinks({ ids }: { readonly ids: readonly string[] }): ReactElement {
  return (
    <Listed>
      {ids.map((id) => (
        <ClauseLink key={id} id={id} />
      ))}
    </Listed>
  );
}
