// Builds what is stale where the sources and their tools are; an installation that has only the built files has nothing to build.
import './node-version.mjs'

export async function buildFirst() {
  const tsx = await import('tsx/esm/api').catch(() => undefined)
  if (!tsx) return
  const unregister = tsx.register()
  const { buildStale } = await import('./build.ts')
  await buildStale()
  await unregister()
}
