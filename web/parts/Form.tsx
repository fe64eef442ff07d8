import { Button, type ButtonProps } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import type { Problem } from '../api.ts'
import type { FormState } from '../ui/use-form.ts'
import { ProblemNotice } from './ProblemNotice.tsx'

type Props<V extends Record<string, unknown>> = {
  form: FormState<V>
  problem: Problem | null
  isSending: boolean
  onSubmit: (values: V) => void
  submit: string
  submitProps?: ButtonProps
  /** Beside the button: cancel, back. */
  beside?: ReactNode
  children: ReactNode
}

/** The shell of every form: the refusal above, the fields, one button. A wrong value takes the focus. */
export function Form<V extends Record<string, unknown>>(props: Props<V>) {
  const { form, problem, isSending, onSubmit, submit, submitProps, beside, children } = props
  const shell = useRef<HTMLFormElement>(null)
  const faults = Object.keys(form.errors).join()
  useEffect(() => {
    const wrong = faults === '' ? null : shell.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
    if (wrong && !shell.current?.querySelector('[aria-invalid="true"]:focus')) wrong.focus()
  }, [faults])
  return (
    <form ref={shell} className="stack" noValidate onSubmit={form.onSubmit(onSubmit)}>
      {problem && <ProblemNotice problem={problem} />}
      {children}
      <div className="row">
        <Button type="submit" loading={isSending} {...submitProps}>
          {submit}
        </Button>
        {beside}
      </div>
    </form>
  )
}
