import { Button } from '@mantine/core'
import { useState } from 'react'
import { forgetBrowser, type listSessions } from '../../../contract/accounts.ts'
import type { Output } from '../../../contract/endpoint.ts'
import { useSend } from '../../api.ts'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { toast } from '../../parts/toast.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { browserWords } from './SessionTable.tsx'
import { texts } from './texts.ts'

export function BrowserTable({ browsers }: { browsers: Output<typeof listSessions>['browsers'] }) {
  const forget = useSend(forgetBrowser, () => toast(texts.forgotten))
  const [asked, setAsked] = useState<string>()
  return (
    <>
      {forget.error && <ProblemNotice problem={forget.error.problem} />}
      {asked && (
        <ConfirmDialog
          title={texts.forgetTitle}
          text={texts.forgetText}
          confirm={texts.forget}
          cancel={shared.cancel}
          closeLabel={shared.close}
          onConfirm={() => forget.mutate({ params: { browserId: asked } })}
          onClose={() => setAsked(undefined)}
        />
      )}
      <DataTable
        caption={texts.browsers}
        rows={browsers}
        rowKey={({ id }) => id}
        columns={[
          { title: texts.browser, cell: ({ userAgent }) => browserWords(userAgent), wide: true },
          { title: texts.lastLogIn, cell: ({ seenAt }) => <Moment at={seenAt} /> },
          {
            title: texts.actions,
            cell: ({ id, current, userAgent }) =>
              current ? (
                <StateWord tone="good">{texts.thisOne}</StateWord>
              ) : (
                <Button
                  variant="default"
                  size="compact-sm"
                  aria-label={texts.forgetOf(browserWords(userAgent))}
                  onClick={() => setAsked(id)}
                >
                  {texts.forget}
                </Button>
              ),
          },
        ]}
      />
    </>
  )
}
