/** Sends the same request over so many connections until it is ended. Says so once the first answer is there. */
const [atOnce, text] = process.argv.slice(2)
const { url, method, headers, body } = JSON.parse(text)
await Promise.all(
  Array.from({ length: Number(atOnce) }, async () => {
    for (;;) {
      await (await fetch(url, { method, headers, body })).text()
      process.stdout.write('.')
    }
  }),
)
