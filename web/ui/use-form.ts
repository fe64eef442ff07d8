import { type ChangeEvent, type SyntheticEvent, useState } from 'react'

type Errors<V> = Partial<Record<keyof V, string>>
type Options<V> = {
  initialValues: V
  /** What is wrong with each field; null or nothing where it is right. */
  validate: (values: V) => { [K in keyof V]?: string | null }
  /** Fields that are judged while they change, not only when the form is sent. */
  live?: readonly (keyof V)[]
}

export type FormState<V> = ReturnType<typeof useForm<V & Record<string, unknown>>>

const isChange = (input: unknown): input is ChangeEvent<HTMLInputElement> =>
  typeof input === 'object' && input !== null && 'currentTarget' in input

function faultsIn<V>(found: { [K in keyof V]?: string | null }): Errors<V> {
  const faults = Object.entries<string | null | undefined>(found).filter(([, fault]) => fault)
  return Object.fromEntries(faults) as Errors<V> // the same keys, without those that are right
}

/** The state of a form: values, and what is wrong with them. A field is forgiven as soon as it changes. */
export function useForm<V extends Record<string, unknown>>({ initialValues, validate, live = [] }: Options<V>) {
  const [values, setValues] = useState(initialValues)
  const [errors, setErrors] = useState<Errors<V>>({})

  function setFieldValue<K extends keyof V>(field: K, value: V[K]): void {
    const changed = { ...values, [field]: value }
    const { [field]: _forgiven, ...others } = errors
    const fault = live.includes(field) ? validate(changed)[field] : undefined
    setValues(changed)
    setErrors((fault ? { ...others, [field]: fault } : others) as Errors<V>) // a part of the errors before, or one more
  }

  /** What an input needs. Inputs that hand over an event and those that hand over a value are both understood. */
  function getInputProps<K extends keyof V>(field: K) {
    return {
      value: values[field],
      error: errors[field],
      onChange: (input: unknown) => setFieldValue(field, (isChange(input) ? input.currentTarget.value : input) as V[K]), // the input's own kind of value
    }
  }

  const onSubmit = (send: (values: V) => void) => (event: SyntheticEvent) => {
    event.preventDefault()
    const faults = faultsIn<V>(validate(values))
    setErrors(faults)
    if (Object.keys(faults).length === 0) send(values)
  }

  const reset = () => {
    setValues(initialValues)
    setErrors({})
  }

  return { values, errors, setErrors, setFieldValue, getInputProps, onSubmit, reset }
}
