/** Partners by stage, for the staff: where each stands, since when, and what it waits for. The rule is in rules/stage.ts. */
import { chargedFor, contractFeesOf } from '../../rules/fees.ts'
import { TRIAL } from '../../rules/limits.ts'
import { contractProductsOf, type PartnerType, type ProductId, productIds } from '../../rules/products.ts'
import { type Stage, type StagedApplication, stageOf, stages, type TrialState, trialState } from '../../rules/stage.ts'
import { passes } from '../acceptance/acceptance.ts'
import { lastDoneByMembers } from '../audit/audit.ts'
import type { Ctx } from '../context.ts'
import { type LaunchStanding, launchStandings } from '../launch/launch.ts'
import * as stageStore from './stage-store.ts'
import * as store from './store.ts'

type PartnerRow = Awaited<ReturnType<typeof store.listPartners>>[number]

export type ListWish = {
  stage?: Stage | undefined
  trial?: TrialState | undefined
  search?: string | undefined
  cursor?: string | undefined
  limit: number
}

/** Who has been in his stage for the longest comes first; launched partners last. The number of queries is the same for any number. */
export async function list(ctx: Ctx, { stage, trial, search, cursor, limit }: ListWish) {
  const all = await standings(ctx)
  const key = search === undefined ? undefined : store.nameKey(search)
  const asked = all.filter(
    (one) => (key === undefined || one.row.name_key.includes(key)) && (trial === undefined || one.trial === trial),
  )
  const counts = Object.fromEntries(stages.map((name) => [name, asked.filter((one) => one.stage === name).length]))
  const found = asked.filter((one) => stage === undefined || one.stage === stage).sort(longestFirst)
  const begin = cursor === undefined ? 0 : found.findIndex(({ row }) => row.id === cursor) + 1
  const page = found.slice(begin, begin + limit)
  const seen = await lastActivity(
    ctx,
    page.map(({ row }) => row.id),
  )
  return {
    items: page.map((one) => summaryOf(one, seen.get(one.row.id))),
    nextCursor: found.length > begin + limit ? (page.at(-1)?.row.id ?? null) : null,
    counts: counts as Record<Stage, number>, // one entry per stage
    trialsEnding: all.filter((one) => one.trial === 'ending').length,
    trialsOver: all.filter((one) => one.trial === 'over').length,
    partners: all.length,
  }
}

export async function summary(ctx: Ctx, partnerId: string) {
  const [one] = await standings(ctx, partnerId)
  if (!one) return undefined
  const seen = await lastActivity(ctx, [partnerId])
  return {
    ...summaryOf(one, seen.get(partnerId)),
    fees: chargedFor(contractFeesOf(one.row.fees), productIds),
    applicationList: one.list.map((application) => ({
      id: application.id,
      name: application.name,
      partnerType: application.partnerType,
      status: application.isLaunched ? ('launched' as const) : ('in_progress' as const),
      createdAt: new Date(application.createdAt).toISOString(),
      keySet: application.keySetAt !== null,
      verifiedCall: application.verifiedAt !== null,
      products: application.products,
    })),
  }
}

type ListedApplication = StagedApplication & {
  partnerType: PartnerType
  products: { product: ProductId; required: number; passed: number }[]
}

type Placed = ReturnType<typeof stageOf> & {
  row: PartnerRow
  trial: TrialState | null
  accounts: number
  list: ListedApplication[]
}

async function standings(ctx: Ctx, partnerId?: string): Promise<Placed[]> {
  const rows = await store.listPartners(ctx, partnerId)
  const accounts = new Map((await stageStore.listAccounts(ctx, partnerId)).map((one) => [one.partnerId, one]))
  const applications = await listApplications(ctx, partnerId)
  const now = ctx.clock.now()
  return rows.map((row) => {
    const known = accounts.get(row.id)
    const list = applications.get(row.id) ?? []
    return {
      row,
      list,
      accounts: known?.accounts ?? 0,
      trial: row.trial_ends_at === null ? null : trialState(row.trial_ends_at, now, TRIAL.warnSeconds * 1000),
      ...stageOf({
        openedAt: row.created_at,
        accountAt: known?.firstAt ?? null,
        activatedAt: known?.activatedAt ?? null,
        applications: list,
      }),
    }
  })
}

async function listApplications(ctx: Ctx, partnerId: string | undefined): Promise<Map<string, ListedApplication[]>> {
  const rows = await stageStore.listApplications(ctx, partnerId)
  const passed = await passes(ctx, partnerId)
  const far = rows.filter(({ status, verified_at }) => status !== 'launched' && verified_at !== null)
  const launches = await launchStandings(
    ctx,
    far.map(({ id }) => id),
  )
  const products = new Map<string, ProductId[]>()
  for (const row of await stageStore.listProducts(ctx, partnerId))
    products.set(row.application_id, [...(products.get(row.application_id) ?? []), row.product as ProductId]) // written by us
  const byPartner = new Map<string, ListedApplication[]>()
  for (const row of rows) {
    const suites = (products.get(row.id) ?? []).map((product) => {
      const suite = passed.get(product)
      const counted = suite?.byApplication.get(row.id)
      const lastAt = counted?.last_at ?? null
      return { product, required: suite?.required ?? 0, passed: counted?.passed ?? 0, lastAt }
    })
    const lastPasses = suites.flatMap(({ lastAt }) => (lastAt === null ? [] : [lastAt]))
    const application: ListedApplication = {
      id: row.id,
      name: row.name,
      partnerType: row.partner_type as PartnerType, // written by us
      createdAt: row.created_at,
      keySetAt: row.key_set_at === null ? null : Number(row.key_set_at),
      verifiedAt: row.verified_at,
      required: suites.reduce((sum, { required }) => sum + required, 0),
      passed: suites.reduce((sum, suite) => sum + suite.passed, 0),
      lastPassAt: lastPasses.length === 0 ? null : Math.max(...lastPasses),
      request: requestOf(launches.get(row.id)),
      launchedAt: row.launched_at,
      isLaunched: row.status === 'launched',
      products: suites.map(({ lastAt: _, ...suite }) => suite),
    }
    byPartner.set(row.partner_id, [...(byPartner.get(row.partner_id) ?? []), application])
  }
  return byPartner
}

function requestOf(launch: LaunchStanding | undefined): StagedApplication['request'] {
  if (launch?.at === undefined || launch.at === null) return null
  if (launch.state === 'in_review') return { turn: 'center', since: launch.at }
  return launch.state === 'waiting_for_partner' ? { turn: 'partner', since: launch.at } : null
}

/** Of two that begun their stage at once, the older partner first, so that the order is the same for every page. */
function longestFirst(a: Placed, b: Placed): number {
  const isDone = (one: Placed) => Number(one.stage === 'launched')
  return isDone(a) - isDone(b) || a.since - b.since || (a.row.id < b.row.id ? -1 : 1)
}

function summaryOf({ row, stage, since, application, trial, accounts, list }: Placed, seenAt: number | undefined) {
  return {
    id: row.id,
    name: row.name,
    partnerTypes: JSON.parse(row.partner_types) as PartnerType[], // written by us
    contractProducts: contractProductsOf(row.products),
    standing: row.standing as 'contract' | 'trial', // written by us
    trialEndsAt: instant(row.trial_ends_at),
    trial,
    accounts,
    applications: list.length,
    createdAt: new Date(row.created_at).toISOString(),
    stage,
    since: new Date(since).toISOString(),
    application: application && {
      id: application.id,
      name: application.name,
      required: application.required,
      passed: application.passed,
    },
    lastActivityAt: instant(seenAt ?? null),
  }
}

/** What members did in the console, where they were seen, and their calls: the last of these. */
async function lastActivity(ctx: Ctx, partnerIds: readonly string[]): Promise<Map<string, number>> {
  const seen = await stageStore.listSeen(ctx, partnerIds)
  for (const [id, at] of await lastDoneByMembers(ctx, partnerIds)) seen.set(id, Math.max(seen.get(id) ?? 0, at))
  return seen
}

function instant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
