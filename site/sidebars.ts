/** What stands beside chapters and notes, in the order of the specification. */
import type { SidebarsConfig } from '@docusaurus/plugin-content-docs';
import { viewModel } from './plugin/view_model.ts';

const { chapters, decisions } = viewModel();

const pagesIn = (folder: string): string[] =>
  chapters
    .filter(({ file }) => file.startsWith(`spec/${folder}/`))
    .map(({ file }) => file.replace(/^spec\//, '').replace(/\.md$/, ''));

/** Chapters on what Linux ships alone. */
const isLinux = (page: string): boolean => /\/(?:uverbs_|hfi1_|write_commands)/.test(page);

const sidebars: SidebarsConfig = {
  specification: [
    {
      type: 'category',
      label: 'Framework',
      collapsible: false,
      items: pagesIn('chapters').filter((page) => !isLinux(page)),
    },
    { type: 'category', label: 'Linux', collapsible: false, items: pagesIn('chapters').filter(isLinux) },
    { type: 'category', label: 'Objects', collapsible: false, items: pagesIn('objects') },
  ],
  decisions: [
    { type: 'link', label: 'All decisions', href: '/decisions/' },
    ...decisions.map(({ id, number, title }) => ({
      type: 'doc' as const,
      id: `decisions/${id}`,
      label: `${number} ${title}`,
    })),
  ],
};

export default sidebars;
