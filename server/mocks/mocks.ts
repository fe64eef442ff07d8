/** iMock: what a sandbox answers because it was asked to, for so long. Which rule decides is stated in rules/mock.ts. */
import type { MockMode, MockRule } from '../../rules/mock.ts'
import { Refusal } from '../../rules/refusals.ts'
import { getOwn } from '../applications/applications.ts'
import { record } from '../audit/audit.ts'
import { actorName, type Ctx } from '../context.ts'
import * as store from './store.ts'

type Wanted = { mode: MockMode; minutes: number; rules: MockRule[] }

const MINUTE_MS = 60_000
const rulesIn = (row: store.MockRow) => JSON.parse(row.rules) as MockRule[] // written by us

export async function view(ctx: Ctx, applicationId: string) {
  await getOwn(ctx, applicationId)
  const row = await store.findRunning(ctx, applicationId)
  if (row === undefined) return { running: null }
  return {
    running: {
      mode: row.mode as MockMode, // written by us
      rules: rulesIn(row),
      startedAt: new Date(row.started_at).toISOString(),
      startedBy: row.started_by,
      endsAt: new Date(row.ends_at).toISOString(),
    },
  }
}

export async function start(ctx: Ctx, applicationId: string, { mode, minutes, rules }: Wanted) {
  ensureOfMode(mode, rules)
  await ctx.tx(async (tx) => {
    const application = await getOwn(tx, applicationId)
    const now = tx.clock.now()
    await store.put(tx, {
      application_id: applicationId,
      mode,
      rules: JSON.stringify(rules),
      started_at: now,
      started_by: actorName(tx),
      ends_at: now + minutes * MINUTE_MS,
    })
    await record(tx, { action: 'mock.start', object: application, after: { mode, minutes, rules: rules.length } })
  })
  return view(ctx, applicationId)
}

/** Basic has one code per interface and no fields; advanced has a field and a value in every rule. */
function ensureOfMode(mode: MockMode, rules: readonly MockRule[]): void {
  const isBasic = (rule: MockRule) => rule.field === null && rule.value === null
  const isAdvanced = (rule: MockRule) => rule.field !== null && rule.value !== null
  const at = rules.findIndex((rule) => !(mode === 'basic' ? isBasic(rule) : isAdvanced(rule)))
  if (at >= 0) throw refusedAt('mock.rule_of_other_mode', at)
  const keys = rules.map(({ api, field, value }) => JSON.stringify([api, field, value]))
  const again = keys.findIndex((key, index) => keys.indexOf(key) !== index)
  if (again >= 0) throw refusedAt('mock.rule_twice', again)
}

const refusedAt = (code: 'mock.rule_of_other_mode' | 'mock.rule_twice', index: number) =>
  new Refusal(code, { fields: [{ path: `body.rules.${index}`, message: `This is rule ${index + 1}.` }] })

export async function stop(ctx: Ctx, applicationId: string) {
  await ctx.tx(async (tx) => {
    const application = await getOwn(tx, applicationId)
    if ((await store.findRunning(tx, applicationId)) === undefined) return
    await store.remove(tx, applicationId)
    await record(tx, { action: 'mock.stop', object: application })
  })
  return view(ctx, applicationId)
}

/** The rules that the gateway goes by now; none where iMock is off. */
export async function rulesOf(ctx: Ctx, applicationId: string): Promise<MockRule[]> {
  const row = await store.findRunning(ctx, applicationId)
  return row === undefined ? [] : rulesIn(row)
}
