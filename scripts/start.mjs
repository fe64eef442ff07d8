// The plain start: runs the built server in this process, so that a signal reaches it directly.
import { buildFirst } from './build-first.mjs'

await buildFirst()
await import('../dist/server/main.js')
