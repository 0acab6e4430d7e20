/** What stands beside chapters and notes, in the order of the specification. */
import type { SidebarsConfig } from '@docusaurus/plugin-content-docs';
import { viewModel } from './plugin/view_model.ts';

const { parts, chapters, decisions } = viewModel();

const pagesOf = (part: string): string[] =>
  chapters
    .filter((chapter) => chapter.part === part)
    .map(({ file }) => file.replace(/^spec\//, '').replace(/\.md$/, ''));

const sidebars: SidebarsConfig = {
  specification: [
    { type: 'link', label: 'Contents', href: '/contents/' },
    ...parts.map(({ id, title }) => ({
      type: 'category' as const,
      label: title,
      collapsible: false,
      items: pagesOf(id),
    })),
    {
      type: 'category',
      label: 'Who conforms, and why so',
      collapsible: false,
      items: [
        { type: 'link', label: 'Results', href: '/results/' },
        { type: 'link', label: 'Profiles', href: '/profiles/' },
        { type: 'link', label: 'Coverage', href: '/coverage/' },
        { type: 'link', label: 'What became of the mails', href: '/provenance/' },
      ],
    },
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
