export const texts = {
  notFound: 'There is no page here',
  why: 'The address may be mistyped, or what it named was deleted.',
  home: 'Go to Home',
  docs: 'Search the docs',
} as const
