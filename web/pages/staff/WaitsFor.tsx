import { numberOf } from '../../language.ts'
import { stageWords } from './stage-words.ts'
import type { ListedPartner } from './partners-view.ts'
import { texts } from './texts.ts'

/** What has to happen next, and by whom. */
export function WaitsFor({ partner }: { partner: Pick<ListedPartner, 'trial' | 'stage' | 'application'> }) {
  const { trial, stage, application } = partner
  if (trial === 'over') return texts.trialOverBlocks
  const isTesting = stage === 'testing' && application !== null
  return (
    <>
      {stageWords(stage).blocks}
      {isTesting && ` ${texts.passedOf(numberOf(application.passed), numberOf(application.required))}`}
    </>
  )
}
