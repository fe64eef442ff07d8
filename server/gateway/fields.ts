/** What is wrong with a field of a body, told apart as far as its schema can. */
import type { core } from 'zod'
import type { Cause } from '../../rules/causes.ts'
import { GatewayRefusal } from './refusal.ts'

type Issue = core.$ZodIssue

export function fieldRefusal(body: unknown, issue: Issue | undefined): GatewayRefusal {
  if (!issue) throw new Error('A schema refused a body and did not say why.')
  const path = issue.path.join('.') || 'The body'
  return new GatewayRefusal(causeOf(body, issue), `${path}: ${issue.message}.`)
}

function causeOf(body: unknown, issue: Issue): Cause {
  if (issue.path.length > 0 && valueAt(body, issue.path) === undefined) return 'field.missing'
  if (issue.code === 'invalid_type') return 'field.wrong_type'
  if (issue.code === 'too_small' || issue.code === 'too_big') return 'field.wrong_size'
  return 'field.wrong_form'
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined),
    body,
  )
}
