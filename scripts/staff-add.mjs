// Runs the built command that opens a staff account.
import { buildFirst } from './build-first.mjs'

await buildFirst()
await import('../dist/server/commands/staff-add.js')
