const spec = '\\.(spec|contract)\\.ts$';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'the-core-imports-only-itself',
      severity: 'error',
      from: { path: '^libs/allocation/src/', pathNot: spec },
      to: { pathNot: '^libs/allocation/src/' },
    },
    {
      name: 'apps-meet-only-through-messages',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'libs-know-no-app',
      severity: 'error',
      from: { path: '^libs/', pathNot: spec },
      to: { path: '^(apps|tools|e2e)/' },
    },
    {
      name: 'apps-know-no-tool',
      severity: 'error',
      from: { path: '^apps/', pathNot: `${spec}|^apps/[^/]+/test/` },
      to: { path: '^tools/' },
    },
    {
      name: 'kafkajs-stays-in-messaging',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '^libs/(messaging|testing)/' },
      to: { path: 'node_modules/(kafkajs|@platformatic/kafka)' },
    },
    {
      name: 'knex-stays-in-postgres-adapters',
      severity: 'error',
      from: {
        path: '^(apps|libs)/',
        pathNot: '\\.postgres\\.ts$|migrations\\.ts$|^libs/(storage|testing|stack)/|\\.spec\\.ts$',
      },
      to: { path: 'node_modules/(knex|pg)/' },
    },
    {
      name: 'a-lib-is-entered-by-its-index',
      severity: 'error',
      from: { path: '^(apps|tools)/' },
      to: { path: '^libs/[^/]+/src/', pathNot: '^libs/[^/]+/src/index\\.ts$' },
    },
    {
      name: 'the-test-kit-is-for-tests',
      severity: 'error',
      from: {
        path: '^(apps|libs)/',
        pathNot: `${spec}|^apps/[^/]+/test/|^libs/testing/|^libs/stack/|^libs/[^/]+/test/`,
      },
      to: { path: '^libs/(testing|stack)/' },
    },
    {
      name: 'contracts-know-only-avro',
      severity: 'error',
      from: { path: '^libs/contracts/', pathNot: spec },
      to: { pathNot: '^libs/contracts/|node_modules/avsc' },
    },
    {
      name: 'storage-knows-no-message',
      severity: 'error',
      from: { path: '^libs/storage/', pathNot: spec },
      to: { path: '^libs/', pathNot: '^libs/(storage|runtime)/' },
    },
    { name: 'nothing-missing', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.kezek|\\.stryker-tmp)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { conditionNames: ['source', 'import', 'node', 'default'], exportsFields: ['exports'] },
  },
};
