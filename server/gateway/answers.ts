/**
 * What the gateway says about a payment: pure functions from its row, so that the same state always reads the same. Each family has its
 * own words for it.
 */
import type { Family } from '../../rules/interfaces.ts'
import { amsAnswers } from './answers-ams.ts'
import { apsAnswers } from './answers-aps.ts'
import type { Answers, Facts } from './facts.ts'

export const ANSWERS: Record<Family, Answers> = { aps: apsAnswers, ams: amsAnswers }

/** In the words of the family in which the payment was made. */
export function answersFor({ family }: Pick<Facts, 'family'>): Answers {
  return ANSWERS[family as Family] // written by us
}
