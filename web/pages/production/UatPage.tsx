import { Checkbox } from '@mantine/core'
import { getApplication } from '../../../contract/applications.ts'
import type { Output } from '../../../contract/endpoint.ts'
import { getUat, tickUat } from '../../../contract/production.ts'
import { uatPhases } from '../../../rules/uat.ts'
import { query, useLoaded, useSend } from '../../api.ts'
import type { At, Loader } from '../../page.ts'
import { PageHead } from '../../parts/PageHead.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { useApplicationCrumbs } from '../../parts/use-application-crumbs.ts'
import { Moment } from '../../ui/Moment.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { uatPhaseTitle, uatText } from './uat-words.ts'
import { texts } from './texts.ts'
import classes from './uat.module.css'

export const loader: Loader = ({ params: { applicationId } }) => [
  query(getApplication, { params: { applicationId } }),
  query(getUat, { params: { applicationId } }),
]

export function Page({ params: { applicationId } }: At) {
  const { items } = useLoaded(getUat, { params: { applicationId } })
  const tick = useSend(tickUat)
  return (
    <>
      <PageHead title={texts.uat} crumbs={useApplicationCrumbs(applicationId)}>
        {texts.uatLead}
      </PageHead>
      <div className="stack">
        {tick.error && <ProblemNotice problem={tick.error.problem} />}
        {uatPhases.map((phase) => {
          const ofPhase = items.filter((one) => one.phase === phase)
          const done = ofPhase.filter(({ ticked }) => ticked !== null).length
          return (
            <Panel
              key={phase}
              title={uatPhaseTitle(phase)}
              flush
              actions={<span className="muted small">{texts.progress(done, ofPhase.length)}</span>}
            >
              <ul className={classes.items}>
                {ofPhase.map((one) => (
                  <Item
                    key={one.item}
                    {...one}
                    onTick={(isTicked) =>
                      tick.mutate({ params: { applicationId, item: one.item }, body: { isTicked } })
                    }
                  />
                ))}
              </ul>
            </Panel>
          )
        })}
      </div>
    </>
  )
}

type ItemProps = Output<typeof getUat>['items'][number] & { onTick: (isTicked: boolean) => void }

function Item({ item, ticked, onTick }: ItemProps) {
  return (
    <li>
      <Checkbox
        checked={ticked !== null}
        label={uatText(item)}
        onChange={(event) => onTick(event.currentTarget.checked)}
      />
      <span className={classes.who}>
        {ticked && (
          <>
            {texts.tickedBy} {ticked.by}, <Moment at={ticked.at} />
          </>
        )}
      </span>
    </li>
  )
}
