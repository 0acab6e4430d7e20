import tseslint from 'typescript-eslint';

/** The rules for TypeScript wherever it stands; site/ has packages and types of its own and takes the rules from here. */
export function house(project) {
  return tseslint.config(...tseslint.configs.strictTypeChecked, {
    languageOptions: { parserOptions: { project, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: false }],
      // Indexing what was just measured, and narrowing the spec's unions, is said with a type assertion.
      '@typescript-eslint/no-unsafe-type-assertion': 'off',
      // A defect names the subject of its rule at the call; the type is used once in the signature by design.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // What is left out of an object is named beside the rest of it.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: false }],
    },
  });
}

export default tseslint.config(
  { ignores: ['build/', 'node_modules/', 'results/', 'site/', 'eslint.config.js'] },
  ...house('./tsconfig.json'),
);
