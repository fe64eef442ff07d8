import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { LaunchView } from '../../../contract/launch.ts'
import { paths } from '../../paths.ts'
import { StateWord } from '../../ui/StateWord.tsx'
import { gateWords } from './words.ts'
import { productWords } from '../../words.ts'
import classes from './launch.module.css'
import { texts } from './texts.ts'

type Line = LaunchView['gate'][number]
type Props = {
  gate: readonly Line[]
  /** Of the reader's own application: each open line leads to where it is mended. */
  applicationId?: string
}

/** Each line with its fact; an open one with its fix. */
export function Checklist({ gate, applicationId }: Props) {
  return (
    <ul className={classes.lines}>
      {gate.map((line) => (
        <li key={`${line.item} ${line.product}`} className={classes.line}>
          <StateWord tone={line.isFulfilled ? 'good' : 'wait'}>
            {line.isFulfilled ? texts.fulfilled : texts.open}
          </StateWord>
          <Words line={line} />
          {applicationId !== undefined && !line.isFulfilled && <Way line={line} applicationId={applicationId} />}
        </li>
      ))}
    </ul>
  )
}

const isKey = (item: Line['item']) => item === 'key_set' || item === 'key_proved'

function Words({ line: { item, product, isFulfilled, about } }: { line: Line }) {
  const { title, open, fix } = gateWords(item)
  return (
    <div>
      <div className={classes.title}>
        {title}
        {product && `: ${productWords(product).title}`}
      </div>
      {about && <div className={classes.about}>{isKey(item) ? texts.versions(about) : about}</div>}
      {!isFulfilled && (
        <div className={classes.about}>
          {open} {fix}
        </div>
      )}
    </div>
  )
}

function Way({ line: { item, about }, applicationId }: { line: Line; applicationId: string }): ReactNode {
  if (item === 'contract' || item === 'authorization') return null
  if (item === 'cases') return <Link href={paths.acceptance(applicationId)}>{texts.toCases}</Link>
  // Words stand in name and description, addresses in the settings.
  if (item === 'test_values' && !about?.includes('://'))
    return <Link href={paths.application(applicationId)}>{texts.toApplication}</Link>
  return <Link href={paths.production(applicationId)}>{texts.toSettings}</Link>
}
