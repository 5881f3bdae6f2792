import js from '@eslint/js';
import lit from 'eslint-plugin-lit';
import ts from 'typescript-eslint';

export default ts.config(
  { ignores: ['dist', 'lib', 'build', 'tests/frameworks/apps', '.venv', 'node_modules', 'training'] },
  js.configs.recommended,
  lit.configs['flat/recommended'],
  {
    files: ['**/*.ts'],
    extends: [...ts.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['tests/tsconfig.json', 'workers/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      // An index within bounds that the code around it establishes; without a bound to rely on, `?.` or `??`.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // A promise is awaited, or somebody is told when it fails.
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          ignoreVoid: false,
          // `@open-wc/testing` declares `equal` as if it were asynchronous.
          allowForKnownSafeCalls: [{ from: 'package', name: 'Equal', package: 'chai' }],
        },
      ],
      // A rest pattern is how a property is left out; a parameter that comes to be used is there with a line before its name.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Functions that stand for others, fakes above all, are async as those are.
      '@typescript-eslint/require-await': 'off',
      // Lit calls listeners on their element.
      '@typescript-eslint/unbound-method': 'off',
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    // What comes from a file or an address is text, never markup or a program.
    files: ['src/**', 'workers/**'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-eval': 'error',
      'no-new-func': 'error',
      '@typescript-eslint/no-implied-eval': 'error',
      'no-restricted-properties': [
        'error',
        ...[
          'innerHTML',
          'outerHTML',
          'insertAdjacentHTML',
          'setHTMLUnsafe',
          'write',
          'createContextualFragment',
        ].map((property) => ({
          ...(property === 'write' ? { object: 'document' } : {}),
          property,
          message: 'Write text: markup from a file would be run.',
        })),
      ],
      'no-restricted-imports': ['error', { patterns: ['lit/directives/unsafe-*'] }],
    },
  },
  {
    files: ['src/workbench/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        // A page's are unknown to its compiler as well; what is left are a worker's.
        ...['self', 'postMessage', 'importScripts', 'location', 'localStorage', 'caches', 'fetch'].map(
          (name) => ({
            name,
            message: 'The workbench knows neither page nor worker: hand in what it needs.',
          }),
        ),
      ],
    },
  },
  {
    // Matchers of expectations are `any`, and what a parsed file holds is just what a test finds out.
    files: ['tests/**/*.ts', '**/*.test.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
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
