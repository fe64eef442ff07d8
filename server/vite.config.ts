/**
 * The server as a few files: reading some thousand modules one by one takes half of a start. Left outside is what is not JavaScript
 * and what is loaded by name.
 */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: here('.'),
  publicDir: false,
  ssr: { noExternal: true, external: ['@node-rs/argon2', '@photostructure/sqlite', 'pg-native', 'ssh2'] },
  build: {
    ssr: true,
    target: 'node20',
    outDir: '../dist/server',
    emptyOutDir: true,
    // Names in a stack trace are worth more than a smaller file.
    minify: false,
    rolldownOptions: {
      input: {
        main: here('main.ts'),
        'commands/audit-verify': here('commands/audit-verify.ts'),
        'commands/staff-add': here('commands/staff-add.ts'),
        'sheet-worker': here('merchants/sheet/worker.ts'),
      },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
})
