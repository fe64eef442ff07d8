/** Reads files where the server runs from its sources: this Node does not know TypeScript by itself. The built server has worker.ts alone. */
import { register } from 'tsx/esm/api'

register()
await import('./worker.ts')
