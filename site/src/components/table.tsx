/** A table of a chapter, which scrolls by itself where the page is narrower. */
import type { ComponentProps, ReactElement } from 'react';

export function Table(properties: ComponentProps<'table'>): ReactElement {
  return (
    <div className="scrolling" tabIndex={0}>
      <table {...properties} />
    </div>
  );
}
