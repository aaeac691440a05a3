// The suffix tells the cost: .spec (no I/O), .db.spec, .kafka.spec, .stack.spec and .container.spec start what they need themselves.
const byCost = {
  unit: /(?<!\.(db|kafka|stack|container))\.spec\.ts$/,
  integration: /\.(db|kafka)\.spec\.ts$/,
  e2e: /\.stack\.spec\.ts$/,
  container: /\.container\.spec\.ts$/,
};

// As .swcrc, but imports keep their .ts: jest resolves the sources themselves.
const swc = {
  swcrc: false,
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    target: 'es2024',
    transform: { legacyDecorator: true, decoratorMetadata: true },
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

const startsServices = {
  setupFilesAfterEnv: ['<rootDir>/libs/testing/jest-patience.ts'],
  globalSetup: '<rootDir>/libs/testing/jest-setup.ts',
  globalTeardown: '<rootDir>/libs/testing/jest-teardown.ts',
};

const project = (displayName) => ({
  displayName,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  testRegex: [byCost[displayName].source],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/.kezek/', '/.stryker-tmp/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.stryker-tmp/'],
  ...(displayName === 'unit' ? {} : startsServices),
});

export default { projects: Object.keys(byCost).map(project) };
