import { Link } from 'wouter'
import { type SandboxView, setNotificationUrl } from '../../../contract/applications.ts'
import { isOptionalApi, QUESTION_APIS } from '../../../rules/products.ts'
import { useSend } from '../../api.ts'
import { numberOf } from '../../language.ts'
import { MayButton } from '../../parts/MayButton.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { toast } from '../../parts/toast.ts'
import { paths } from '../../paths.ts'
import { inboxTexts as texts } from './inbox-texts.ts'

/** What is signed when the inbox takes the place of a server: as the path of one. */
const INBOX_URL = 'inbox:/notify'

type Props = { applicationId: string; urls: SandboxView['notificationUrls']; onSet?: () => void }

/** For who has no server yet: something that must be told has no URL. A question that nobody answers would only hold payments up, so the inbox is offered for notifications. */
export function InboxOffer({ applicationId, urls, onSet }: Props) {
  const send = useSend(setNotificationUrl)
  const unset = urls.filter(({ api, url }) => url === null && !QUESTION_APIS.includes(api))
  const isUsed = urls.some(({ url }) => url?.startsWith('inbox:'))
  const keep = async () => {
    for (const { api } of unset) {
      const done = await send
        .mutateAsync({ params: { applicationId, api }, body: { url: INBOX_URL } })
        .catch(() => null)
      if (done === null) return
    }
    toast(texts.done)
    onSet?.()
  }
  return (
    <>
      {send.error && <ProblemNotice problem={send.error.problem} />}
      {unset.some(({ api }) => !isOptionalApi(api)) && (
        <div className="row">
          <span>{texts.lead(numberOf(unset.length))}</span>
          <MayButton needs="sandbox.develop" variant="default" size="xs" loading={send.isPending} onClick={keep}>
            {texts.keep}
          </MayButton>
        </div>
      )}
      {isUsed && (
        <p className="muted small">
          {texts.inUse} <Link href={paths.inbox(applicationId)}>{texts.toInbox}</Link>
        </p>
      )}
    </>
  )
}
