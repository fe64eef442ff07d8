// Refuses a Node that is too old, in one clear line. Plain old syntax on purpose: the old Node must be able to read this file.
// Run it before anything else (`node scripts/node-version.mjs && …`), or import it first in a plain .mjs entry.
var needed = [20, 19]
var found = process.versions.node.split('.').map(Number)

if (found[0] < needed[0] || (found[0] === needed[0] && found[1] < needed[1])) {
  console.error(
    'Slipway needs Node ' +
      needed.join('.') +
      ' or later; this is Node ' +
      process.versions.node +
      '. Install a newer Node and try again.',
  )
  process.exit(1)
}
