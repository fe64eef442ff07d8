/** Whose developer center this is. The server writes it into the page, so that it is there with the first paint. */
const written = (name: string): string => {
  const content = globalThis.document?.querySelector<HTMLMetaElement>(`meta[name="slipway-${name}"]`)?.content ?? ''
  return content.startsWith('__') ? '' : content // the page as it is served in development
}

/** `logo`: where the network's own logo is to be had; empty where it has none. */
export const brand = { network: written('network') || 'Slipway', logo: written('logo') }
