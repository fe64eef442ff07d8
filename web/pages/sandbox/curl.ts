type Request = { method: string; url: string; headers: readonly { name: string; value: string }[]; body: string }

/** What curl writes itself, or what belongs to one connection only. */
const OWN = /^(host|content-length|connection|accept-encoding|transfer-encoding|expect|keep-alive|x-forwarded-.*)$/i

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

/** A call as a command for a POSIX shell, byte for byte: nothing in it is expanded. */
export function curlOf({ method, url, headers, body }: Request): string {
  const lines = [
    `curl --request ${method} ${quoted(url)}`,
    ...headers.flatMap(({ name, value }) => (OWN.test(name) ? [] : [`--header ${quoted(`${name}: ${value}`)}`])),
    ...(body === '' ? [] : [`--data-binary ${quoted(body)}`]),
  ]
  return lines.join(' \\\n  ')
}
