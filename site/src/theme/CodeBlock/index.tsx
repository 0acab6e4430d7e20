/** A block of code as it is, without colours. */
import type { ReactElement, ReactNode } from 'react';

export default function CodeBlock({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <pre tabIndex={0}>
      <code>{children}</code>
    </pre>
  );
}
