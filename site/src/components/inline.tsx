/** The two marks that cells of the specification's own tables use: code and emphasis. */
import type { ReactElement } from 'react';

export function Inline({ text }: { readonly text: string }): ReactElement {
  const parts = text.split(/(`[^`]+`|\b_[^_]+_\b)/);
  return (
    <>
      {parts.map((part, index) => {
        if (part.startsWith('`')) return <code key={index}>{part.slice(1, -1)}</code>;
        if (part.startsWith('_') && part.endsWith('_') && part.length > 2)
          return <em key={index}>{part.slice(1, -1)}</em>;
        return part;
      })}
    </>
  );
}
