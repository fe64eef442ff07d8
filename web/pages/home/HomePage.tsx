import { Button } from '@mantine/core'
import { Suspense } from 'react'
import { Link, Redirect } from 'wouter'
import { useHistoryState } from 'wouter/use-browser-location'
import { site } from '../../../contract/accounts.ts'
import { TRIAL } from '../../../rules/limits.ts'
import { trialState } from '../../../rules/stage.ts'
import {
  type ApplicationView,
  getSandbox,
  listApplicationNames,
  listApplications,
} from '../../../contract/applications.ts'
import { query, queryClient, useLoaded, useMe } from '../../api.ts'
import { ApplicationTable } from '../../parts/ApplicationTable.tsx'
import { chosenApplication } from '../../parts/frame/chosen-application.ts'
import { MayButton } from '../../parts/MayButton.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { RoleName } from '../../parts/RoleName.tsx'
import { TestWallet, TestWalletPlace } from '../../parts/TestWallet.tsx'
import { docs, paths } from '../../paths.ts'
import type { At, Loader } from '../../page.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { productTitles } from '../../words.ts'
import classes from './home.module.css'
import { Tasks } from './Tasks.tsx'
import { DOCUMENTS, texts } from './texts.ts'

export const loader: Loader = ({ me }) => {
  const trial = me?.partner?.trialEndsAt ? [query(site)] : []
  if (me?.permissions.includes('application.view')) return [...trial, query(listApplications)]
  return me?.permissions.includes('merchant.invite') ? [...trial, query(listApplicationNames)] : trial
}

/** The application whose sandbox the reader may play in. The list is there already when anybody asks. */
function applicationWithWallet(at: At): ApplicationView | undefined {
  const known = queryClient.getQueryData(query(listApplications).queryKey)
  return at.me?.permissions.includes('sandbox.develop') ? chosenApplication(known?.items ?? [], at) : undefined
}

export function Page(at: At) {
  const me = useMe()
  const handedOver = useHistoryState<{ wentOver?: boolean } | null>()
  if (me.partner === null) return <Redirect to={paths.partners()} replace />
  const mayView = me.permissions.includes('application.view')
  const wallet = applicationWithWallet({ ...at, me })
  return (
    <>
      <PageHead
        title={texts.home}
        actions={
          <MayButton needs="application.create" href={paths.newApplication()}>
            {texts.createApplication}
          </MayButton>
        }
      >
        {texts.welcome(me.person.name)}
      </PageHead>
      <div className={classes.columns}>
        <div className={classes.main}>
          {handedOver?.wentOver && <Notice tone="wait">{texts.wentOver(me.partner.name)}</Notice>}
          {me.partner.trialEndsAt && <Trial endsAt={me.partner.trialEndsAt} />}
          {mayView && <Integration {...at} />}
          {!mayView && me.permissions.includes('merchant.invite') && <MerchantTask />}
        </div>
        <div className={classes.side}>
          <YourRoles />
          {wallet && (
            <Suspense fallback={<TestWalletPlace application={wallet.name} />}>
              <TestWalletOf application={wallet} />
            </Suspense>
          )}
          <Documentation />
        </div>
      </div>
    </>
  )
}

/** When the trial ends, whom to write to, and what its end means: from a fortnight before it on as a warning. */
function Trial({ endsAt }: { endsAt: string }) {
  const { architectsContact } = useLoaded(site)
  const state = trialState(Date.parse(endsAt), Date.now(), TRIAL.warnSeconds * 1000)
  return (
    <Notice tone={TRIAL_TONES[state]} quiet {...(state !== 'running' && { title: texts.trialTitles[state] })}>
      <span>
        {state === 'over' ? texts.trialEnded : texts.trial} <Moment at={endsAt} part="date" />
        {texts.stop} {state === 'over' ? texts.trialOver : texts.trialRemedy}{' '}
        <a href={`mailto:${architectsContact}`}>{architectsContact}</a>
      </span>
    </Notice>
  )
}
const TRIAL_TONES = { running: 'info', ending: 'wait', over: 'bad' } as const

function TestWalletOf({ application: { id, name } }: { application: ApplicationView }) {
  const { testWalletUrl } = useLoaded(getSandbox, { params: { applicationId: id } })
  return <TestWallet url={testWalletUrl} application={name} />
}

function Integration(at: At) {
  const { items } = useLoaded(listApplications)
  return (
    <>
      <Tasks chosen={chosenApplication(items, at)} items={items} />
      <Panel title={texts.applications} flush>
        {items.length === 0 ? (
          <EmptyState
            kind="nothing-yet"
            title={texts.noApplications}
            action={
              <>
                <MayButton needs="application.create" href={paths.newApplication()} size="xs">
                  {texts.createApplication}
                </MayButton>
                <a href={docs.quickStart}>{texts.documents.quickStart.title}</a>
              </>
            }
          >
            {texts.noApplicationsWhy}
          </EmptyState>
        ) : (
          <ApplicationTable items={items} isBrief />
        )}
      </Panel>
    </>
  )
}

/** Inviting merchants needs names to choose from, and nothing else about an application. */
function MerchantTask() {
  const { items } = useLoaded(listApplicationNames)
  return (
    <>
      <Notice tone="info">{texts.merchantTask}</Notice>
      <Panel title={texts.applications} flush>
        {items.length === 0 ? (
          <EmptyState
            kind="nothing-yet"
            title={texts.noApplications}
            action={
              <>
                <MayButton needs="application.create" href={paths.newApplication()} size="xs">
                  {texts.createApplication}
                </MayButton>
                <a href={docs.roles}>{texts.rolesPage}</a>
              </>
            }
          >
            {texts.noApplicationsForMerchants}
          </EmptyState>
        ) : (
          <DataTable
            caption={texts.applications}
            rows={items}
            rowKey={({ id }) => id}
            columns={[
              { title: texts.name, cell: ({ id, name }) => <Link href={paths.merchants(id)}>{name}</Link>, wide: true },
              {
                title: texts.products,
                cell: ({ products }) => productTitles(products),
                wide: true,
              },
            ]}
          />
        )}
      </Panel>
    </>
  )
}

function YourRoles() {
  const { roles } = useMe()
  return (
    <Panel title={texts.roles}>
      <div className="stack">
        {roles.length === 0 && <p className="muted">{texts.noRoles}</p>}
        <ul className={classes.roles}>
          {roles.map((role) => (
            <li key={role}>
              <RoleName role={role} />
            </li>
          ))}
        </ul>
        <a href={docs.roles} className="small">
          {texts.rolesPage}
        </a>
      </div>
    </Panel>
  )
}

function Documentation() {
  return (
    <Panel
      title={texts.documentation}
      actions={
        <Button component="a" href={docs.home} variant="default" size="xs">
          {texts.viewAll}
        </Button>
      }
    >
      <ul className={classes.documents}>
        {DOCUMENTS.map((name) => (
          <li key={name}>
            <a href={docs[name]}>{texts.documents[name].title}</a>
            <span className="muted small">{texts.documents[name].about}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
