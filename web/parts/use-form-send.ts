import type { CallInput, Endpoint, Output } from '../../contract/endpoint.ts'
import { type ApiError, type Problem, useSend } from '../api.ts'
import type { FormState } from '../ui/use-form.ts'

/** A refused value is named by its path in the body; a value inside a list belongs to the field of the list. */
const fieldOf = (path: string) => path.replace(/^body\./, '').split('.')[0] ?? ''

/**
 * A refusal about one value says it best itself, with its remedy; what it says of this very value, as a sentence, stands between the
 * two. Otherwise each value has its own words.
 */
function sentence({ code, title, remedy, fields = [] }: Problem, message: string): string {
  const isSentence = /[.。]$/.test(message)
  if (code !== 'request.invalid' && fields.length === 1)
    return [title, ...(isSentence ? [message] : []), remedy].join(' ')
  return message.charAt(0).toUpperCase() + message.slice(1)
}

/** Sends a form. What the server says about a field goes to that field; `problem` is what is left to say above the form. */
export function useFormSend<E extends Endpoint, V extends Record<string, unknown>>(
  endpoint: E,
  form: FormState<V>,
  onDone: (output: Output<E>) => void,
) {
  const send = useSend(endpoint, onDone)
  const isOurs = (path: string) => fieldOf(path) in form.values
  const onError = (error: ApiError) => {
    const ours = (error.problem.fields ?? []).filter(({ path }) => isOurs(path))
    form.setErrors(
      Object.fromEntries(
        ours.map(({ path, message }) => [fieldOf(path), sentence(error.problem, message)]),
      ) as typeof form.errors,
    ) // checked to be ours
  }
  return {
    isSending: send.isPending,
    problem: send.error && remaining(send.error.problem, isOurs),
    submit: (input: CallInput<E>) => send.mutate(input, { onError }),
  }
}

function remaining(problem: Problem, isOurs: (path: string) => boolean): Problem | null {
  const { fields, ...rest } = problem
  if (fields === undefined || fields.length === 0) return rest
  const others = fields.filter(({ path }) => !isOurs(path))
  return others.length === 0 ? null : { ...rest, fields: others }
}
