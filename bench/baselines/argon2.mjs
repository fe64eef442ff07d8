/** Bare argon2id checks, as many at once as told, for so many seconds. Prints how many a second. */
import { hash, verify } from '@node-rs/argon2'

const [memoryCost, timeCost, parallelism, atOnce, seconds] = process.argv.slice(2).map(Number)
const password = 'a sentence that is long enough'
const stored = await hash(password, { algorithm: 2, memoryCost, timeCost, parallelism })
const end = performance.now() + seconds * 1000
let count = 0
await Promise.all(
  Array.from({ length: atOnce }, async () => {
    while (performance.now() < end) {
      await verify(stored, password)
      count++
    }
  }),
)
console.log(count / seconds)
