/** Which kernels have something, where not all that are looked at do. */
import type { ReactElement } from 'react';

interface Props {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

export function Since({ since, until }: Props): ReactElement | null {
  if (since === undefined && until === undefined) return null;
  return <span className="tag">{since === undefined ? `not in ${until ?? ''}` : `since ${since}`}</span>;
}
