// The plain start: builds what is stale where the sources and their tools are, then runs the built server in this process, so that
// a signal reaches it directly.
import './node-version.mjs'

const tsx = await import('tsx/esm/api').catch(() => undefined)
if (tsx) {
  const unregister = tsx.register()
  const { buildStale } = await import('./build.ts')
  await buildStale()
  await unregister()
}
await import('../dist/server/main.js')
