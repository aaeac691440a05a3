import tseslint from 'typescript-eslint';

const thePureCore = {
  files: ['libs/allocation/src/**/*.ts', 'libs/allocation/reference/**/*.ts'],
  ignores: ['**/*.spec.ts'],
  rules: {
    'no-restricted-globals': [
      'error',
      'process',
      'console',
      'fetch',
      'setTimeout',
      'setInterval',
      'queueMicrotask',
      'Buffer',
      'performance',
      'crypto',
      'Intl',
    ],
    'no-restricted-properties': [
      'error',
      { object: 'Date', property: 'now', message: 'Time arrives in the log entry.' },
      { object: 'Math', property: 'random', message: 'The core draws no lots.' },
    ],
    'no-restricted-syntax': [
      'error',
      { selector: ':function[async=true]', message: 'The core waits for nothing.' },
      { selector: 'AwaitExpression', message: 'The core waits for nothing.' },
      { selector: "NewExpression[callee.name='Date']", message: 'Time arrives in the log entry.' },
      { selector: "NewExpression[callee.name='Promise']", message: 'The core waits for nothing.' },
      {
        selector: 'CallExpression[callee.property.name=/^toLocale|^localeCompare$/]',
        message: 'A locale is a property of the machine.',
      },
    ],
  },
};

export default tseslint.config(
  {
    ignores: [
      'node_modules/',
      'dist/',
      '.kezek/',
      'coverage/',
      'reports/',
      '.stryker-tmp/',
      'libs/contracts/src/generated/',
      'examples/*/node_modules/',
    ],
  },
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', prefer: 'type-imports', disallowTypeAnnotations: false },
      ],
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-console': 'off',
      eqeqeq: 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['apps/**/*.ts', 'libs/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['apps/**/*.ts', 'libs/**/*.ts'],
    ignores: ['**/main.ts', '**/*.spec.ts', 'libs/testing/**', 'libs/stack/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'The environment is read once, in main.ts.' },
      ],
    },
  },
  {
    // Nest finds what to inject by looking at the classes, so their imports must survive.
    files: ['apps/**/*.controller.ts', 'apps/**/*.module.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  thePureCore,
);
