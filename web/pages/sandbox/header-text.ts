/** Headers as they are written on the wire, one per line. */
export function headerText(headers: readonly { name: string; value: string }[]): string {
  return headers.map(({ name, value }) => `${name}: ${value}`).join('\n')
}
