import { lookAtProductionUrls, type ProductionView, setProductionUrl } from '../../../contract/production.ts'
import { useSend } from '../../api.ts'
import { UrlForms } from '../../parts/environment/UrlForms.tsx'
import { NotificationUrlForm } from '../../parts/environment/NotificationUrlForm.tsx'
import { MayButton } from '../../parts/MayButton.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { toast } from '../../parts/toast.ts'
import { docs } from '../../paths.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { texts } from './texts.ts'

type Urls = ProductionView['notificationUrls']

/** Where notifications go in production, and whether something answers there. */
export function UrlPanel({ applicationId, urls }: { applicationId: string; urls: Urls }) {
  const check = useSend(lookAtProductionUrls, () => toast(texts.checked))
  return (
    <Panel
      title={texts.urls}
      actions={
        urls.some(({ url }) => url !== null) && (
          <MayButton
            needs="production.configure"
            variant="default"
            size="xs"
            loading={check.isPending}
            onClick={() => check.mutate({ params: { applicationId } })}
          >
            {texts.check}
          </MayButton>
        )
      }
    >
      <div className="stack">
        {check.error && <ProblemNotice problem={check.error.problem} />}
        {urls.length === 0 && (
          <EmptyState kind="nothing-yet" title={texts.noUrls} action={<a href={docs.launch}>{texts.guide}</a>}>
            {texts.noUrlsWhy}
          </EmptyState>
        )}
        <UrlForms urls={urls}>
          {({ api, url, look }) => (
            <div key={api} className="stack-tight">
              <NotificationUrlForm applicationId={applicationId} endpoint={setProductionUrl} api={api} url={url} />
              {url !== null && <Look look={look} />}
            </div>
          )}
        </UrlForms>
      </div>
    </Panel>
  )
}

function Look({ look }: { look: Urls[number]['look'] }) {
  if (look === null) return <StateWord tone="plain">{texts.notLooked}</StateWord>
  return (
    <span className="row small">
      {look.status === null ? (
        <StateWord tone="bad">{texts.silent}</StateWord>
      ) : (
        <StateWord tone="good">{texts.answers(look.status)}</StateWord>
      )}
      <span className="muted">
        {texts.asked} <Moment at={look.at} />
      </span>
    </span>
  )
}
