import { house } from '../eslint.config.js';

export default [
  { ignores: ['site/node_modules/', 'site/.docusaurus/', 'site/results/', 'site/eslint.config.mjs'] },
  ...house('./site/tsconfig.json'),
];
