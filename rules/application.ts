/** The way of an application, in the order in which a partner goes it. The home page draws it; each task is read off facts. */
import type { Permission } from './roles.ts'

export const APPLICATION_STATUSES = { in_progress: 'In Progress', launched: 'Launched' } as const
export type ApplicationStatus = keyof typeof APPLICATION_STATUSES
export const applicationStatuses = Object.keys(APPLICATION_STATUSES) as [ApplicationStatus, ...ApplicationStatus[]] // keys of a constant

export const TASKS = {
  create_application: { title: 'Create an application', needs: 'application.create' },
  set_sandbox_key: { title: 'Set the sandbox key', needs: 'sandbox.develop' },
  first_signed_call: { title: 'Make the first signed call', needs: 'sandbox.develop' },
  acceptance_tests: { title: 'Pass the acceptance tests', needs: 'sandbox.test' },
  invite_merchants: { title: 'Invite merchants', needs: 'merchant.invite' },
  configure_production: { title: 'Configure production', needs: 'production.configure' },
  launch: { title: 'Launch', needs: 'application.launch' },
} as const satisfies Record<string, { title: string; needs: Permission }>

export type TaskId = keyof typeof TASKS
export const taskIds = Object.keys(TASKS) as [TaskId, ...TaskId[]] // keys of a constant

export type TaskState = 'done' | 'next' | 'open'

export type ApplicationFacts = {
  keySet: boolean
  verifiedCall: boolean
  /** Of the required acceptance cases of all its products. */
  cases: { required: number; passed: number }
  merchantInvited: boolean
  /** A production key is proved, and every notification of the products has a production URL. */
  productionReady: boolean
  launched: boolean
}

/** The state of each task for the chosen application, or for none yet. Exactly one task at most is `next`. */
export function taskStates(facts: ApplicationFacts | undefined): Record<TaskId, TaskState> {
  const done: Partial<Record<TaskId, boolean>> = {
    create_application: facts !== undefined,
    set_sandbox_key: facts?.keySet === true,
    first_signed_call: facts?.verifiedCall === true,
    acceptance_tests: facts !== undefined && facts.cases.required > 0 && facts.cases.passed === facts.cases.required,
    invite_merchants: facts?.merchantInvited === true,
    configure_production: facts?.productionReady === true,
    launch: facts?.launched === true,
  }
  let nextGiven = false
  const states = taskIds.map((id): [TaskId, TaskState] => {
    if (done[id] === true) return [id, 'done']
    if (nextGiven) return [id, 'open']
    nextGiven = true
    return [id, 'next']
  })
  return Object.fromEntries(states) as Record<TaskId, TaskState> // one entry per id
}
