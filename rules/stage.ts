/**
 * How far a partner is on the way from account to launch, since when, and what it waits for. Read the table from top to bottom: a
 * partner is in the first stage whose step is not done. With several applications the one that is furthest counts, but a request to
 * launch comes before what is launched already: somebody waits for it.
 */

/** `blocks`: what has to happen next, and by whom. */
export const STAGES = {
  no_account: { title: 'No account', blocks: 'An architect opens the first account.' },
  no_log_in: { title: 'Not logged in', blocks: 'Nobody has opened the activation link yet.' },
  no_application: { title: 'No application', blocks: 'The partner creates an application.' },
  no_key: { title: 'No key', blocks: 'The partner sets the public key of the sandbox.' },
  no_call: { title: 'No verified call', blocks: 'The partner makes a call whose signature verifies.' },
  testing: { title: 'Acceptance testing', blocks: 'The partner passes the required cases.' },
  production: { title: 'Production', blocks: 'The partner configures production and asks for the launch.' },
  launch_returned: { title: 'Launch returned', blocks: 'The partner mends what the review has named.' },
  launch_requested: { title: 'Launch requested', blocks: 'An architect reviews the request.' },
  launched: { title: 'Launched', blocks: 'Nothing.' },
} as const

export type Stage = keyof typeof STAGES
export const stages = Object.keys(STAGES) as [Stage, ...Stage[]] // keys of a constant

/** Times are UTC milliseconds; null: it has not happened. */
export type StagedApplication = {
  id: string
  name: string
  createdAt: number
  keySetAt: number | null
  verifiedAt: number | null
  required: number
  passed: number
  lastPassAt: number | null
  /** The request to launch that is open, and since when it is whose turn. */
  request: { turn: 'center' | 'partner'; since: number } | null
  /** Whether it is launched is a state; since when may not be known. */
  isLaunched: boolean
  launchedAt: number | null
}

export type StageFacts = {
  openedAt: number
  /** When the first account was opened, and when somebody chose a password first. */
  accountAt: number | null
  activatedAt: number | null
  applications: readonly StagedApplication[]
}

export type Standing = { stage: Stage; since: number; application: StagedApplication | null }

export function stageOf({ openedAt, accountAt, activatedAt, applications }: StageFacts): Standing {
  if (accountAt === null) return { stage: 'no_account', since: openedAt, application: null }
  if (activatedAt === null) return { stage: 'no_log_in', since: accountAt, application: null }
  const standings = applications.map((application) => ({ ...stageOfApplication(application), application }))
  const [furthest] = standings.sort(
    (a, b) => rank(b.stage) - rank(a.stage) || b.application.passed - a.application.passed,
  )
  return furthest ?? { stage: 'no_application', since: activatedAt, application: null }
}

const isAsked = (stage: Stage) => stage === 'launch_requested' || stage === 'launch_returned'
const rank = (stage: Stage) => stages.indexOf(stage) + (isAsked(stage) ? stages.length : 0)

function stageOfApplication(one: StagedApplication): { stage: Stage; since: number } {
  if (one.isLaunched) return { stage: 'launched', since: one.launchedAt ?? one.lastPassAt ?? one.createdAt }
  if (one.keySetAt === null) return { stage: 'no_key', since: one.createdAt }
  if (one.verifiedAt === null) return { stage: 'no_call', since: one.keySetAt }
  if (one.request !== null)
    return { stage: one.request.turn === 'center' ? 'launch_requested' : 'launch_returned', since: one.request.since }
  if (one.passed < one.required) return { stage: 'testing', since: one.verifiedAt }
  return { stage: 'production', since: one.lastPassAt ?? one.verifiedAt }
}

/** Where a trial stands: `ending` within the days before its end in which everybody concerned is told. */
export type TrialState = 'running' | 'ending' | 'over'
export const trialStates = ['running', 'ending', 'over'] as const satisfies readonly TrialState[]

export function trialState(endsAt: number, now: number, warnMs: number): TrialState {
  if (now >= endsAt) return 'over'
  return now >= endsAt - warnMs ? 'ending' : 'running'
}
