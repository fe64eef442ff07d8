import { Button } from '@mantine/core'
import { useLocation } from 'wouter'
import { listDeletedApplications, restoreApplication } from '../../../contract/applications.ts'
import { useLoaded, useSend } from '../../api.ts'
import { MayButton } from '../../parts/MayButton.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { toast } from '../../parts/toast.ts'
import { paths } from '../../paths.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { numberOf } from '../../language.ts'
import { productTitles } from '../../words.ts'
import { texts } from './texts.ts'

const DAY_MS = 86_400_000

function useRestore() {
  const [, navigate] = useLocation()
  return useSend(restoreApplication, ({ id }) => {
    toast(texts.restored)
    navigate(paths.application(id))
  })
}

/** Stays until it is read: a deletion is taken back here, or below for as long as it can be. */
export function JustDeleted({ applicationId }: { applicationId: string }) {
  const { items } = useLoaded(listDeletedApplications)
  const restore = useRestore()
  const application = items.find(({ id }) => id === applicationId)
  if (application === undefined) return null
  return (
    <>
      {restore.error && <ProblemNotice problem={restore.error.problem} />}
      <Notice tone="wait">
        <span className="row">
          {texts.deleted(application.name)}
          <Button
            size="compact-sm"
            variant="default"
            aria-label={texts.undoOf(application.name)}
            loading={restore.isPending}
            onClick={() => restore.mutate({ params: { applicationId } })}
          >
            {texts.undo}
          </Button>
        </span>
      </Notice>
    </>
  )
}

/** What can still be restored, and for how long. Not shown when there is nothing. */
export function DeletedApplications() {
  const { items } = useLoaded(listDeletedApplications)
  const restore = useRestore()
  if (items.length === 0) return null
  return (
    <Panel title={texts.deletedApplications} flush>
      {restore.error && <ProblemNotice problem={restore.error.problem} />}
      <DataTable
        caption={texts.deletedApplications}
        rows={items}
        rowKey={({ id }) => id}
        columns={[
          { title: texts.name, cell: ({ name }) => name, wide: true },
          { title: texts.products, cell: ({ products }) => productTitles(products), wide: true },
          { title: texts.deletedAt, cell: ({ deletedAt }) => <Moment at={deletedAt} part="date" /> },
          {
            title: texts.daysLeft,
            numeric: true,
            cell: ({ restorableUntil }) => numberOf(Math.ceil((Date.parse(restorableUntil) - Date.now()) / DAY_MS)),
          },
          {
            title: texts.actions,
            cell: ({ id, name }) => (
              <MayButton
                needs="application.delete"
                variant="default"
                size="compact-sm"
                aria-label={texts.restoreOf(name)}
                loading={restore.isPending && restore.variables.params.applicationId === id}
                disabled={restore.isPending}
                onClick={() => restore.mutate({ params: { applicationId: id } })}
              >
                {texts.restore}
              </MayButton>
            ),
          },
        ]}
      />
    </Panel>
  )
}
