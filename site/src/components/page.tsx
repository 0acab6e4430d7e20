/** The frame of a page that is drawn from the view model. */
import Layout from '@theme/Layout';
import type { ReactElement, ReactNode } from 'react';

export interface PageProps {
  readonly title: string;
  readonly description: string;
  /** Wider than text: tables and diagrams. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

export function Page({ title, description, wide = false, children }: PageProps): ReactElement {
  return (
    <Layout title={title} description={description}>
      <main className={`container margin-vert--lg page ${wide ? 'page-wide' : ''}`}>
        <header>
          <h1>{title}</h1>
          <p className="lead">{description}</p>
        </header>
        {children}
      </main>
    </Layout>
  );
}

/** A table that scrolls by itself where the page is narrower than it. */
export function Scrolling({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className="scrolling" role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
