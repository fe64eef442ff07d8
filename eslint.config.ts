import tseslint from 'typescript-eslint'

/** Only what needs types: a promise that nobody waits for, and a switch that forgets a case. Everything else is Biome's. */
export default tseslint.config({
  files: ['**/*.ts'],
  languageOptions: {
    parser: tseslint.parser,
    parserOptions: {
      project: ['./rules/tsconfig.json', './contract/tsconfig.json', './server/tsconfig.json', './tsconfig.json'],
    },
  },
  plugins: { '@typescript-eslint': tseslint.plugin },
  rules: {
    '@typescript-eslint/no-floating-promises': 'error',
    '@typescript-eslint/no-misused-promises': 'error',
    '@typescript-eslint/switch-exhaustiveness-check': 'error',
  },
})
