// Runs the built command; builds it first where that is possible.
import './node-version.mjs'

const tsx = await import('tsx/esm/api').catch(() => undefined)
if (tsx) {
  const unregister = tsx.register()
  const { buildStale } = await import('./build.ts')
  await buildStale()
  await unregister()
}
await import('../dist/server/commands/staff-add.js')
