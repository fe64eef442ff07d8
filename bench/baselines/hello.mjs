/** Fastify that says hello: what no server on it can be faster than. Prints its port. */
import { fastify } from 'fastify'

const server = fastify()
server.get('/', async () => ({ hello: 'world' }))
await server.listen({ host: '127.0.0.1', port: 0 })
console.log(server.server.address().port)
