// The import law: rules ← contract ← server, web. A feature reaches another only past its store; web/ui knows nothing of ours.
const FEATURES =
  'accounts|partners|applications|gateway|notifications|merchants|mail|outbox|outgoing|acceptance|production|launch|registry|center-keys|reports|sftp'

module.exports = {
  forbidden: [
    {
      name: 'no cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['dynamic-import'] } },
    },
    { name: 'rules import nothing', severity: 'error', from: { path: '^rules' }, to: { pathNot: '^rules' } },
    { name: 'contract imports rules', severity: 'error', from: { path: '^contract' }, to: { path: '^(server|web)' } },
    {
      name: 'server never imports web',
      severity: 'error',
      from: { path: '^server' },
      to: { path: '^(web|test|e2e|scripts)' },
    },
    {
      name: 'web never imports server',
      severity: 'error',
      from: { path: '^web' },
      to: { path: '^(server|test|e2e|scripts)' },
    },
    {
      name: 'web/ui imports nothing of ours',
      severity: 'error',
      from: { path: '^web/ui' },
      to: { path: '^(rules|contract|server|web)', pathNot: '^web/ui' },
    },
    {
      name: 'a store is its feature’s own',
      severity: 'error',
      from: { path: `^server/(${FEATURES})/` },
      to: { path: `^server/(${FEATURES})/[a-z-]*store\\.ts$`, pathNot: '^server/$1/' },
    },
    {
      name: 'the kernel knows no feature',
      severity: 'error',
      from: { path: '^server/(http|db|outbox|outgoing)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^server/(accounts|partners|applications|gateway|notifications)/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.test\\.ts$' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.mjs'] },
  },
}
