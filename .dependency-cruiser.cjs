// Dependencies point one way: app → server/api → server → domain, with db under server (design, section 2).
// scripts/boundaries.it.ts plants violations and expects each of these rules to catch its own.
// Golden events and builders serve tests alone.
const test =
  '\\.(spec|it)\\.tsx?$|(^|/)testing/|\\.builders\\.ts$|^domain/shared/spec\\.ts$|^domain/events/golden|/walk-inputs\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'domain-is-pure',
      comment: 'The browser runs the domain too: it imports itself, zod and uuid, nothing else.',
      severity: 'error',
      // The browser gets a twin of the one file that asks node (package.json, imports).
      from: { path: '^domain/', pathNot: `${test}|^domain/shared/uuid-v5\\.ts$` },
      to: { pathNot: '^domain/|node_modules/(zod|uuid)/' },
    },
    {
      name: 'domain-tests-stay-in-the-domain',
      severity: 'error',
      from: { path: `^domain/.*(${test})` },
      to: { path: '^(app|server|db|scripts|bench|prove|e2e)/' },
    },
    {
      name: 'server-knows-no-page',
      severity: 'error',
      from: { path: '^(server|db)/' },
      to: { path: '^app/' },
    },
    {
      name: 'runtime-knows-no-api',
      comment: 'Only the HTTP door (web.ts and http/) puts the API in front of the server.',
      severity: 'error',
      from: { path: '^(server|db)/', pathNot: `^server/(api/|http/|web\\.ts$)|${test}` },
      to: { path: '^server/api/' },
    },
    {
      name: 'db-is-below-the-server',
      comment: 'The seed places orders through the runtime, as a person would; nothing else of db looks up.',
      severity: 'error',
      from: { path: '^db/', pathNot: `^db/(seed|testing)/|${test}` },
      to: { path: '^server/' },
    },
    {
      name: 'pages-see-the-api-only-as-types',
      comment: "The router's type flows to the screens; its code stays on the server.",
      severity: 'error',
      // The kit's pages show the demo's own catalog; they are not found in production.
      from: { path: '^app/', pathNot: '^app/\\(dev\\)/' },
      to: { path: '^(server|db)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pages-see-only-the-api',
      comment: 'app/_server/caller.ts is the one door to the runtime.',
      severity: 'error',
      from: { path: '^app/', pathNot: '^app/(_server/caller\\.ts$|\\(dev\\)/)' },
      to: { path: '^(server|db)/', pathNot: '^server/api/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'product-needs-no-tools',
      comment: 'Nothing that runs in production may come from scripts, benchmarks, tests or development packages.',
      severity: 'error',
      from: { path: '^(app|domain|server|db)/', pathNot: test },
      to: { path: `^(scripts|bench|prove|e2e)/|^(app|domain|server|db)/.*(${test})` },
    },
    {
      name: 'product-needs-no-dev-packages',
      severity: 'error',
      from: { path: '^(app|domain|server|db)/', pathNot: test },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^server-only$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^\\.next|^node_modules/.cache' },
    tsConfig: { fileName: 'tsconfig.json' },
    // Types count: a type is knowledge too.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
    },
  },
};
