/** The elements that chapters are given beside those of the theme. */
import Original from '@theme-original/MDXComponents';
import { Clause } from '../components/clause.tsx';
import { ClauseLinks } from '../components/links.tsx';
import { ObjectFacts } from '../components/object_facts.tsx';
import { Attributes, Methods } from '../components/object_tables.tsx';
import { Messages } from '../components/messages.tsx';
import { StatementLinks } from '../components/statement_links.tsx';
import { Table } from '../components/table.tsx';

export default {
  ...Original,
  table: Table,
  Clause,
  ClauseLinks,
  StatementLinks,
  ObjectFacts,
  Methods,
  Attributes,
  Messages,
};
