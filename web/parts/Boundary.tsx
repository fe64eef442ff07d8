import { Component, type ReactNode } from 'react'
import { ApiError, queryClient } from '../api.ts'
import { Failure } from './Failure.tsx'

type Props = {
  children: ReactNode
  /** Another address is another try. */
  resetKey: string
  Failed?: ((problem: { error: ApiError }) => ReactNode) | undefined
}
type State = { error: unknown; resetKey: string }

/** Catches what a page or its loader throws. */
export class Boundary extends Component<Props, State> {
  override state: State = { error: undefined, resetKey: this.props.resetKey }

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error }
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.resetKey === state.resetKey ? null : { error: undefined, resetKey: props.resetKey }
  }

  override componentDidCatch(): void {
    // A failed answer is not kept: whoever comes back asks again.
    queryClient.removeQueries({ predicate: ({ state }) => state.status === 'error' })
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === undefined) return this.props.children
    if (error instanceof ApiError) {
      const { code } = error.problem
      if (code === 'session.missing' || code === 'session.other_organisation') return null // api.ts leads elsewhere
      if (this.props.Failed) return <this.props.Failed error={error} />
    }
    return <Failure error={error} onRetry={() => this.setState({ error: undefined })} />
  }
}
