/** A command to copy. */
import { useState, type ReactElement } from 'react';

export function Copyable({ text, what }: { readonly text: string; readonly what: string }): ReactElement {
  const [said, setSaid] = useState('');
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => {
        setSaid('copied');
      },
      () => {
        setSaid('could not be copied');
      },
    );
  };
  return (
    <p className="copyable">
      <code>{text}</code>{' '}
      <button type="button" onClick={copy} aria-label={`Copy the ${what}`}>
        copy
      </button>{' '}
      <span role="status">{said}</span>
    </p>
  );
}
