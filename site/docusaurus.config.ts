/** The site: chapters and decision notes from ../spec, every other page from the view model. Nothing is fetched from elsewhere. */
import type { Config } from '@docusaurus/types';
import { clauseSections } from './plugin/clause_sections.ts';
import { pages } from './plugin/pages.ts';
import { BASE, HOST, relocatable } from './plugin/relocatable.ts';
import { VIEW, viewModel } from './plugin/view_model.ts';

const model = viewModel();

const config: Config = {
  title: 'rdma-conformance',
  tagline: 'The RDMA userspace ABI, clause by clause, and who conforms to it',
  url: HOST,
  baseUrl: BASE,
  baseUrlIssueBanner: false,
  trailingSlash: true,
  favicon: 'favicon.svg',
  noIndex: true,
  onBrokenLinks: 'throw',
  onBrokenAnchors: 'throw',
  onDuplicateRoutes: 'throw',
  future: {
    v4: true,
    faster: {
      swcJsLoader: true,
      swcJsMinimizer: true,
      swcHtmlMinimizer: true,
      lightningCssMinimizer: true,
      mdxCrossCompilerCache: true,
      rspackBundler: true,
      // It knows chapters by their own text alone, and would go on showing the verdicts of an earlier build.
      rspackPersistentCache: false,
      ssgWorkerThreads: true,
      gitEagerVcs: false,
    },
  },
  staticDirectories: ['static', `${VIEW}/static`],
  markdown: { format: 'detect', hooks: { onBrokenMarkdownLinks: 'throw', onBrokenMarkdownImages: 'throw' } },
  themes: [['@docusaurus/theme-classic', { customCss: './src/css/site.css' }]],
  plugins: [
    [
      '@docusaurus/plugin-content-docs',
      {
        path: '../spec',
        include: ['chapters/*.md', 'objects/*.md', 'decisions/*.md'],
        routeBasePath: '/',
        sidebarPath: './sidebars.ts',
        beforeDefaultRemarkPlugins: [clauseSections],
        numberPrefixParser: false,
        breadcrumbs: true,
      },
    ],
    pages,
    relocatable,
  ],
  themeConfig: {
    colorMode: { respectPrefersColorScheme: true },
    docs: { sidebar: { hideable: true } },
    tableOfContents: { minHeadingLevel: 2, maxHeadingLevel: 3 },
    navbar: {
      title: 'rdma-conformance',
      logo: { alt: '', src: 'favicon.svg', width: 28, height: 28 },
      items: [
        { type: 'docSidebar', sidebarId: 'specification', label: 'Specification', position: 'left' },
        { to: '/state-machines/', label: 'State machines', position: 'left' },
        { to: '/scenarios/', label: 'Scenarios', position: 'left' },
        { to: '/results/', label: 'Results', position: 'left' },
        { to: '/profiles/', label: 'Profiles', position: 'left' },
        { to: '/decisions/', label: 'Decisions', position: 'left' },
        {
          label: 'Indexes',
          position: 'left',
          items: [
            { to: '/indexes/', label: 'Errnos and events' },
            { to: '/glossary/', label: 'Glossary' },
            { to: '/types/', label: 'Enums, flags and structs' },
            { to: '/sources/', label: 'Sources' },
            { to: '/provenance/', label: 'What became of the mails' },
            { to: '/coverage/', label: 'Coverage' },
            { to: '/defects/', label: 'Documented defects' },
          ],
        },
        { type: 'search', position: 'right' },
      ],
    },
    footer: {
      copyright: `Specification ${model.specification.version} (${model.specification.digest}), tool ${model.tool}. Licensed under Apache-2.0.`,
    },
    prism: { additionalLanguages: [] },
  },
};

export default config;
