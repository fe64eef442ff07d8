import type { Entry } from './audit-view.ts'
import classes from './changes.module.css'
import { texts } from './texts.ts'

/** What was there before and what is there now, field by field. The sign and the word tell them apart, not the colour alone. */
export function Changes({ changes }: { changes: Entry['changes'] }) {
  return (
    <section className={classes.changes} aria-label={texts.changes}>
      <h3>{texts.changes}</h3>
      <dl>
        {changes.map(({ field, before, after }) => (
          <div key={field} className={classes.field}>
            <dt>
              <code>{field}</code>
            </dt>
            {before !== null && <Value kind="before" text={before} />}
            {after !== null && <Value kind="after" text={after} />}
            {before === null && after === null && <dd className="muted">{texts.nothing}</dd>}
          </div>
        ))}
      </dl>
    </section>
  )
}

function Value({ kind, text }: { kind: 'before' | 'after'; text: string }) {
  return (
    <dd className={classes.value} data-kind={kind}>
      <span className={classes.sign}>
        {kind === 'before' ? '−' : '+'} {texts[kind]}
      </span>
      <span className="break">{text === '' ? <span className="muted">{texts.empty}</span> : text}</span>
    </dd>
  )
}
