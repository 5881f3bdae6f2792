import js from '@eslint/js';
import lit from 'eslint-plugin-lit';
import ts from 'typescript-eslint';

export default ts.config(
  { ignores: ['dist', 'build', '.venv', 'node_modules', 'training'] },
  js.configs.recommended,
  ...ts.configs.strict,
  lit.configs['flat/recommended'],
  {
    rules: {
      // Typed arrays and fixtures are indexed within bounds that the code around them establishes.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      // A rest pattern is how a property is left out.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['scripts/**', 'bench/**', 'tests/**', '*.config.*'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.cjs', '**/*.mjs', 'examples/**'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', module: 'writable' } },
  },
);
