import { Button, type ButtonProps } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { ReactNode } from 'react'
import type { Problem } from '../api.ts'
import { ProblemNotice } from './ProblemNotice.tsx'

type Props<V extends Record<string, unknown>> = {
  form: UseFormReturnType<V>
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
  const focusFirst = (errors: Record<string, unknown>) => {
    const first = Object.keys(errors)[0]
    if (first !== undefined) form.getInputNode(first)?.focus()
  }
  return (
    <form className="stack" noValidate onSubmit={form.onSubmit(onSubmit, focusFirst)}>
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
