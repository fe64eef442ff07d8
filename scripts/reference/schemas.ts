/** Schemas as rows of a table. */
import * as z from 'zod'

type Json = z.core.JSONSchema.BaseSchema

/** JSON Schema knows no refinements; their messages are our rules in words, and become the description. */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  return z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    reused: 'inline',
    override({ zodSchema, jsonSchema }) {
      const messages = messagesOf(zodSchema)
      if (messages.length > 0) jsonSchema.description = messages.join('; ')
    },
  }) as Json
}

/** What the checks of a schema say, and of what its value is piped into. */
function messagesOf(schema: z.core.$ZodType): string[] {
  const { def } = schema._zod as { def: z.core.$ZodTypes['_zod']['def'] }
  const own = (def.checks ?? []).map((check) => messageOf(check._zod.def))
  if (def.type === 'enum' || (def.type === 'string' && 'format' in def)) own.push(messageOf(def))
  const piped = def.type === 'pipe' ? [...messagesOf(def.in), ...messagesOf(def.out)] : []
  return [...new Set([...own.filter((text) => text !== undefined), ...piped])]
}

function messageOf(def: { error?: unknown }): string | undefined {
  if (typeof def.error !== 'function') return undefined
  const message: unknown = def.error({})
  return typeof message === 'string' ? message.replace(/^must be /, '').replace(/^must not be /, 'not ') : undefined
}

export function fieldRows(schema: Json, path = ''): string[][] {
  const shape = withoutNull(schema)
  if (shape.type === 'array' && typeof shape.items === 'object' && !Array.isArray(shape.items)) {
    return fieldRows(shape.items as Json, `${path}[]`)
  }
  return Object.entries(shape.properties ?? {}).flatMap(([name, child]) => {
    if (typeof child === 'boolean') return []
    const field = path === '' ? name : `${path}.${name}`
    const required = shape.required?.includes(name) === true ? 'yes' : 'no'
    return [[`\`${field}\``, typeText(child), required, rulesText(child)], ...fieldRows(child, field)]
  })
}

function withoutNull(schema: Json): Json {
  const real = schema.anyOf?.filter((choice) => typeof choice === 'object' && choice.type !== 'null')
  return (real?.length === 1 ? real[0] : schema) as Json // one choice besides null, or the schema itself
}

function typeText(schema: Json): string {
  const inner = withoutNull(schema)
  const orNull = inner === schema ? '' : ' or null'
  if (inner.type === 'array' && typeof inner.items === 'object')
    return `list of ${typeText(inner.items as Json)}${orNull}`
  if (inner.enum !== undefined) return `${inner.enum.map((value) => `\`${String(value)}\``).join(', ')}${orNull}`
  return `${inner.type === undefined ? 'any' : [inner.type].flat().join(' or ')}${orNull}`
}

function rulesText(schema: Json): string {
  const inner = withoutNull(schema)
  const items = inner.type === 'array' && typeof inner.items === 'object' ? (inner.items as Json) : undefined
  const rules: (string | undefined)[] = [inner.description]
  if (inner.format === 'date-time' && inner.description === undefined) rules.push('ISO 8601 in UTC, milliseconds')
  if (inner.format === 'email' && inner.description === undefined) rules.push('an e-mail address')
  if (inner.minLength !== undefined && inner.minLength > 0) rules.push(`at least ${inner.minLength} characters`)
  if (inner.maxLength !== undefined) rules.push(`at most ${inner.maxLength} characters`)
  if (inner.minItems !== undefined && inner.description === undefined) rules.push(`at least ${inner.minItems}`)
  if (inner.maxItems !== undefined) rules.push(`at most ${inner.maxItems}`)
  if (inner.minimum !== undefined) rules.push(`from ${inner.minimum}`)
  if (inner.maximum !== undefined && inner.maximum < Number.MAX_SAFE_INTEGER) rules.push(`up to ${inner.maximum}`)
  if (inner.default !== undefined) rules.push(`${JSON.stringify(inner.default)} if left out`)
  if (items !== undefined && items.type === 'string') rules.push(rulesText(items))
  return rules.filter((rule) => rule !== undefined && rule !== '').join('; ')
}
