import { Button, NativeSelect, Radio, Textarea, TextInput } from '@mantine/core'
import { Suspense, type SyntheticEvent, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { getApplication, getSandbox, type SandboxView } from '../../../contract/applications.ts'
import { getInboxCall } from '../../../contract/inbox.ts'
import { sendTestNotification } from '../../../contract/inotify.ts'
import { listExchanges } from '../../../contract/log.ts'
import { manners, NOTIFICATION_SAMPLES, type NotificationSample } from '../../../rules/inotify.ts'
import { FAMILIES } from '../../../rules/interfaces.ts'
import { INOTIFY, URL_MAX } from '../../../rules/limits.ts'
import { partnerApisOf } from '../../../rules/products.ts'
import { query, useLoaded } from '../../api.ts'
import { docs, paths } from '../../paths.ts'
import type { At, Loader } from '../../page.ts'
import { Form } from '../../parts/Form.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { toast } from '../../parts/toast.ts'
import { useApplicationCrumbs } from '../../parts/use-application-crumbs.ts'
import { useFormSend } from '../../parts/use-form-send.ts'
import { readable } from '../../ui/CodeBlock.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useForm } from '../../ui/use-form.ts'
import { bodiesOf } from './bodies.ts'
import { Told } from './Told.tsx'
import { texts } from './texts.ts'

const lastPayment = (applicationId: string) => ({
  params: { applicationId },
  query: { api: 'payments/pay', limit: 1 },
})

export const loader: Loader = ({ params: { applicationId }, search }) => [
  ...(search.get('call') ? [query(getInboxCall, { params: { applicationId, callId: search.get('call') ?? '' } })] : []),
  query(getApplication, { params: { applicationId } }),
  query(getSandbox, { params: { applicationId } }),
  query(listExchanges, lastPayment(applicationId)),
]

export function Page({ params: { applicationId }, search }: At) {
  const { partnerType, products } = useLoaded(getApplication, { params: { applicationId } })
  const sandbox = useLoaded(getSandbox, { params: { applicationId } })
  const [ids, setIds] = useState<readonly string[]>([])
  const apis = partnerApisOf(
    partnerType,
    products.map(({ id }) => id),
  )
  // A refund is told in AMS by the address that the call names: no setting brings it.
  const samples = NOTIFICATION_SAMPLES.filter(
    ({ api }) => apis.includes(api) || (api === 'notifyRefund' && partnerType !== 'wallet'),
  )
  const callId = search.get('call') ?? ''
  const wanted = { applicationId, sandbox, samples, onSent: setIds }
  const chosen = samples.find(({ id }) => id === search.get('what')) ?? samples[0]
  return (
    <>
      <PageHead title={texts.title} crumbs={useApplicationCrumbs(applicationId)}>
        {texts.lead} <a href={docs.iNotify}>{texts.guide}</a>
      </PageHead>
      <div className="stack">
        {callId !== '' && <Notice tone="info">{texts.fromInbox}</Notice>}
        {sandbox.networkPublicKey === null && (
          <Notice tone="wait">
            <span>
              {texts.needsKey} <Link href={paths.sandbox(applicationId, 'key')}>{texts.toKey}</Link>
            </span>
          </Notice>
        )}
        {chosen && <Chosen key={`${chosen.id} ${callId}`} {...{ callId, ...wanted, chosen }} />}
        {ids.length > 0 && (
          <Suspense fallback={null}>
            <Told key={ids[0]} applicationId={applicationId} ids={ids} />
          </Suspense>
        )}
      </div>
    </>
  )
}

type Props = {
  applicationId: string
  sandbox: SandboxView
  samples: readonly NotificationSample[]
  chosen: NotificationSample
  /** The body that it begins with, in place of the sample's. */
  given: string | undefined
  onSent: (ids: readonly string[]) => void
}

/** With the body of a call of the inbox, where one is to be sent again, edited. */
function Chosen({ callId, ...props }: Omit<Props, 'given'> & { callId: string }) {
  return callId === '' ? <Wanted {...props} given={undefined} /> : <OfInbox {...props} callId={callId} />
}

function OfInbox({ callId, ...props }: Omit<Props, 'given'> & { callId: string }) {
  const { body } = useLoaded(getInboxCall, { params: { applicationId: props.applicationId, callId } })
  return <Wanted {...props} given={body} />
}

function Wanted({ applicationId, sandbox, samples, chosen, given, onSent }: Props) {
  const [, navigate] = useLocation()
  const [payment] = useLoaded(listExchanges, lastPayment(applicationId)).items
  const set = sandbox.notificationUrls.find(({ api }) => api === chosen.api)?.url ?? null
  const form = useForm({
    initialValues: {
      url: '',
      manner: 'once' as (typeof manners)[number],
      delaySeconds: '30',
      ...bodiesOf(chosen, payment),
      ...(given !== undefined && { body: readable(given) }),
    },
    validate: ({ url, manner, delaySeconds }) => ({
      url: set === null && url.trim() === '' ? texts.urlNone : null,
      delaySeconds: manner === 'late' && !isDelay(delaySeconds) ? DELAY_FAULT : null,
    }),
  })
  const { submit, ...state } = useFormSend(sendTestNotification, form, ({ items }) => {
    onSent(items.map(({ id }) => id))
    toast(texts.sent)
  })
  const { manner } = form.values
  const isBroken = manner === 'out_of_order'
  const send = ({ url, delaySeconds, body, earlier }: typeof form.values) =>
    submit({
      params: { applicationId },
      body: {
        api: chosen.api,
        family: chosen.family,
        url: url.trim() === '' ? null : url,
        manner,
        delaySeconds: manner === 'late' ? Number(delaySeconds) : INOTIFY.delayMin,
        body,
        earlier: isBroken ? earlier : null,
      },
    })
  const renew = (event: SyntheticEvent) => {
    event.preventDefault()
    for (const [field, text] of Object.entries(bodiesOf(chosen, payment)))
      form.setFieldValue(field as 'body' | 'earlier', text)
  }
  return (
    <Panel title={texts.what}>
      <Form
        form={form}
        {...state}
        onSubmit={send}
        submit={texts.send}
        beside={
          <Button variant="default" onClick={renew}>
            {texts.again}
          </Button>
        }
      >
        <NativeSelect
          label={texts.api}
          value={chosen.id}
          data={samples.map(({ id, family, api }) => ({ value: id, label: `${api} · ${FAMILIES[family].title}` }))}
          onChange={({ currentTarget }) => navigate(paths.iNotify(applicationId, { what: currentTarget.value }))}
        />
        <TextInput
          label={texts.url}
          description={set === null ? texts.urlNone : texts.urlOwn(set)}
          maxLength={URL_MAX}
          spellCheck={false}
          {...form.getInputProps('url')}
        />
        <Radio.Group label={texts.manner} {...form.getInputProps('manner')}>
          <div className="stack-tight">
            {manners.map((name) => (
              <Radio
                key={name}
                value={name}
                label={texts.manners[name].title}
                description={texts.manners[name].about}
              />
            ))}
          </div>
        </Radio.Group>
        {manner === 'late' && (
          <TextInput label={texts.delay} inputMode="numeric" w={140} {...form.getInputProps('delaySeconds')} />
        )}
        <Body label={isBroken ? texts.bodyLater : texts.body} {...form.getInputProps('body')} />
        {isBroken && <Body label={texts.bodyEarlier} {...form.getInputProps('earlier')} />}
      </Form>
    </Panel>
  )
}

function Body(props: { label: string; value: string; error: string | undefined; onChange: (input: unknown) => void }) {
  return <Textarea autosize minRows={4} maxRows={20} spellCheck={false} classNames={{ input: 'mono' }} {...props} />
}

const DELAY_FAULT = texts.delayFault(INOTIFY.delayMin, INOTIFY.delayMax)

function isDelay(text: string): boolean {
  const seconds = /^\d{1,4}$/.test(text.trim()) ? Number(text) : 0
  return seconds >= INOTIFY.delayMin && seconds <= INOTIFY.delayMax
}
