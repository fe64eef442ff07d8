import { Button } from '@mantine/core'
import { endOtherSessions, endSession, type listSessions } from '../../../contract/accounts.ts'
import type { Output } from '../../../contract/endpoint.ts'
import { useSend } from '../../api.ts'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { toast } from '../../parts/toast.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { browserName } from './browser-name.ts'
import { texts } from './texts.ts'

type Sessions = Output<typeof listSessions>['sessions']

export const browserWords = (userAgent: string | null) => {
  const name = browserName(userAgent)
  return name ? texts.on(name.browser, name.system) : texts.unknownBrowser
}

export function SessionTable({ sessions }: { sessions: Sessions }) {
  const end = useSend(endSession, () => toast(texts.ended))
  const inOrganisations = sessions.some(({ partnerName }) => partnerName !== sessions[0]?.partnerName)
  return (
    <>
      {end.error && <ProblemNotice problem={end.error.problem} />}
      <DataTable
        caption={texts.sessions}
        rows={sessions}
        rowKey={({ id }) => id}
        columns={[
          { title: texts.browser, cell: ({ userAgent }) => browserWords(userAgent), wide: true },
          { title: texts.address, cell: ({ address }) => <code>{address}</code> },
          ...(inOrganisations
            ? [{ title: texts.organisation, cell: ({ partnerName }: Sessions[number]) => partnerName }]
            : []),
          { title: texts.loggedIn, cell: ({ createdAt }) => <Moment at={createdAt} /> },
          { title: texts.lastUsed, cell: ({ seenAt }) => <Moment at={seenAt} /> },
          {
            title: texts.actions,
            cell: ({ id, current, userAgent }) =>
              current ? (
                <StateWord tone="good">{texts.thisOne}</StateWord>
              ) : (
                <Button
                  variant="default"
                  size="compact-sm"
                  aria-label={texts.endOf(browserWords(userAgent))}
                  onClick={() => end.mutate({ params: { sessionId: id } })}
                >
                  {texts.end}
                </Button>
              ),
          },
        ]}
      />
    </>
  )
}

export function EndOthers() {
  const end = useSend(endOtherSessions, ({ ended }) => toast(texts.othersEnded(ended)))
  return (
    <Button variant="default" size="compact-sm" loading={end.isPending} onClick={() => end.mutate({})}>
      {texts.endOthers}
    </Button>
  )
}
