import { Button } from '@mantine/core'
import { Link, useLocation } from 'wouter'
import { numberOf } from '../../language.ts'
import { type AuditView, docs } from '../../paths.ts'
import { texts as shared } from '../../parts/texts.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { KeyValues } from '../../ui/KeyValues.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { actionTitle } from './action-words.ts'
import { type Entry, isFiltered } from './audit-view.ts'
import { Changes } from './Changes.tsx'
import { texts } from './texts.ts'

type Props = {
  items: readonly Entry[]
  view: AuditView
  to: (view: AuditView) => string
  /** Whose log it is, where it may be anybody's. */
  withPartner?: boolean
  /** There is more to look through, though nothing was found so far. */
  goesOn: boolean
}

/** Entries, newest first; each opens with what was there before and after. */
export function AuditTable({ items, view, to, withPartner = false, goesOn }: Props) {
  const [, navigate] = useLocation()
  const linkTo = (id: string) => to({ ...view, entry: id })
  const opened = items.find(({ id }) => id === view.entry)
  if (items.length === 0) return <Empty view={view} to={to} goesOn={goesOn} />
  return (
    <>
      {opened && <EntryDialog entry={opened} onClose={() => navigate(to({ ...view, entry: '' }), { replace: true })} />}
      <DataTable
        caption={texts.entries}
        rows={items}
        rowKey={({ id }) => id}
        opened={view.entry}
        onOpen={({ id }) => navigate(linkTo(id))}
        columns={[
          {
            title: texts.time,
            cell: ({ id, at }) => (
              <Link href={linkTo(id)}>
                <Moment at={at} within />
              </Link>
            ),
          },
          ...(withPartner
            ? [{ title: texts.log, cell: ({ partnerName }: Entry) => partnerName ?? texts.center, wide: true }]
            : []),
          { title: texts.who, cell: ({ actor }) => <Actor actor={actor} />, wide: true },
          { title: texts.what, cell: ({ action }) => actionTitle(action), wide: true },
          { title: texts.onWhat, cell: ({ object }) => <span className="break">{object.name}</span>, wide: true },
          { title: texts.changed, cell: ({ changes }) => changes.map(({ field }) => field).join(', '), wide: true },
          { title: texts.address, cell: ({ address }) => address && <code>{address}</code> },
        ]}
      />
    </>
  )
}

function Actor({ actor }: { actor: Entry['actor'] }) {
  return (
    <span>
      {actor.kind === 'nobody' || actor.kind === 'system' ? texts.actors[actor.kind] : actor.name}
      {actor.kind === 'staff' && <span className="muted small"> · {texts.ofNetwork}</span>}
    </span>
  )
}

function Empty({ view, to, goesOn }: Pick<Props, 'view' | 'to' | 'goesOn'>) {
  if (!isFiltered(view) && !view.cursor)
    return (
      <EmptyState kind="nothing-yet" title={texts.none} action={<a href={docs.auditLog}>{texts.guide}</a>}>
        {texts.noneWhy}
      </EmptyState>
    )
  const clear = (
    <Button component={Link} href={to({ chain: view.chain ?? '' })} variant="default" size="xs">
      {texts.clear}
    </Button>
  )
  return (
    <EmptyState kind="nothing-matches" title={goesOn ? texts.nothingSoFar : texts.nothingMatches} action={clear}>
      {goesOn ? texts.nothingSoFarWhy : texts.nothingMatchesWhy}
    </EmptyState>
  )
}

function EntryDialog({ entry, onClose }: { entry: Entry; onClose: () => void }) {
  const { actor, object } = entry
  const email = actor.email === null ? [] : [{ name: texts.email, value: actor.email }]
  const address = entry.address === null ? [] : [{ name: texts.address, value: entry.address, copy: entry.address }]
  const requestId =
    entry.requestId === null ? [] : [{ name: texts.requestId, value: entry.requestId, copy: entry.requestId }]
  const objectId = object.id === '' ? [] : [{ name: texts.objectId, value: object.id, copy: object.id }]
  return (
    <Dialog title={actionTitle(entry.action)} closeLabel={shared.close} size="lg" onClose={onClose}>
      <div className="stack">
        <KeyValues
          items={[
            { name: texts.time, value: <Moment at={entry.at} /> },
            { name: texts.who, value: <Actor actor={actor} /> },
            ...email,
            { name: texts.onWhat, value: object.name },
            ...objectId,
          ]}
        />
        {entry.changes.length > 0 && <Changes changes={entry.changes} />}
        <KeyValues
          items={[
            ...address,
            ...requestId,
            { name: texts.log, value: entry.partnerName ?? texts.center },
            { name: texts.place, value: texts.placeOf(numberOf(entry.number)) },
            {
              name: texts.hash,
              value: (
                <span className="row">
                  <code>{entry.hash.slice(0, 16)}…</code>
                  <CopyButton what={texts.hash} value={entry.hash} />
                </span>
              ),
            },
          ]}
        />
      </div>
    </Dialog>
  )
}
