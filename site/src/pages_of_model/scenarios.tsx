/** The families of scenarios. */
import Link from '@docusaurus/Link';
import type { ReactElement } from 'react';
import { Page } from '../components/page.tsx';

interface Data {
  readonly pages: readonly {
    readonly page: string;
    readonly scenarios: number;
    readonly features: readonly { readonly name: string; readonly description: string }[];
  }[];
}

export default function Scenarios({ data: { pages } }: { readonly data: Data }): ReactElement {
  return (
    <Page
      title="Scenarios"
      description="What must hold, as it is run: sequences of calls in words. Each rule stands for one clause, and each check in it decides one."
    >
      <ul className="ways">
        {pages.map(({ page, scenarios, features }) => (
          <li key={page}>
            <Link to={`/scenarios/${page}/`}>{page.replaceAll('_', ' ')}</Link>{' '}
            <span className="quiet">{scenarios} scenarios</span>
            <p>{features.map(({ name }) => name).join('; ')}</p>
          </li>
        ))}
      </ul>
    </Page>
  );
}
