import { type MouseEvent, useEffect } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Keys } from '../../ui/Keys.tsx'
import type { Entry, Group } from './entries.ts'
import classes from './palette.module.css'
import { texts } from './texts.ts'

type Props = { groups: readonly Group[]; chosen: string | undefined; onOpen: (entry: Entry) => void }

/** The focus stays in the field: what is chosen is named there, and shown here. */
export function Results({ groups, chosen, onOpen }: Props) {
  useEffect(() => {
    if (chosen !== undefined) document.getElementById(`palette-${chosen}`)?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  if (groups.length === 0)
    return (
      <EmptyState kind="nothing-matches" title={texts.nothing}>
        {texts.nothingWhy}
      </EmptyState>
    )
  const keepFocus = (event: MouseEvent) => event.preventDefault()
  return (
    <div id="palette-results" role="listbox" aria-label={texts.results} className={classes.results} tabIndex={-1}>
      {groups.map(({ name, entries }) => (
        // biome-ignore lint/a11y/useSemanticElements: a list box may hold groups, not sets of fields
        <div key={name} role="group" aria-labelledby={`palette-group-${name}`}>
          <div id={`palette-group-${name}`} className={classes.group}>
            {texts.groups[name]}
          </div>
          {entries.map((entry) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are pressed in the field, which keeps the focus
            <div
              key={entry.id}
              id={`palette-${entry.id}`}
              role="option"
              aria-selected={entry.id === chosen}
              tabIndex={-1}
              className={classes.entry}
              onMouseDown={keepFocus}
              onClick={() => onOpen(entry)}
            >
              <Icon name={entry.icon} />
              <span className={classes.label}>{entry.label}</span>
              {entry.detail && <span className={classes.detail}>{entry.detail}</span>}
              {entry.keys && <Keys keys={entry.keys} />}
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}
