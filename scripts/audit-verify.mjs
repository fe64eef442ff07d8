// Runs the built command that checks the audit log.
import { buildFirst } from './build-first.mjs'

await buildFirst()
await import('../dist/server/commands/audit-verify.js')
