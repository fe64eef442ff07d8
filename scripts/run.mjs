// `node scripts/run.mjs <name>`: checks the version of Node, then runs scripts/<name>.ts.
import './node-version.mjs'

const { register } = await import('tsx/esm/api')
register()
await import(`./${process.argv[2]}.ts`)
