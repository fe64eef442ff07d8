/** The catalogue in the language of the page. */
import { Fragment, type ReactNode } from 'react'
import { CASE_STATES, type CaseState, findCase, SET_UP_CHECKS, type SetUpCheck } from '../../rules/acceptance.ts'
import type { AcceptanceCase, Step } from '../../rules/acceptance/case.ts'
import { DEMANDS, type Demand, demands } from '../../rules/acceptance/demands.ts'
import * as zh from '../../rules/zh/acceptance.ts'
import { language } from '../language.ts'

const isChinese = language === 'zh'

type Words = { title: string; purpose: string; steps: readonly Step[] }

/** What the catalogue says of a case. The server knows no others. */
export function caseOf(id: string): AcceptanceCase {
  const found = findCase(id)
  if (!found) throw new Error(`The catalogue has no case ${id}.`)
  return found
}

/** Cases have the same words whatever the product, so the translation goes by the name behind the product. */
export function caseWords(id: string): Words {
  const english = caseOf(id)
  return (isChinese && zh.CASES[id.split('.')[1] ?? '']) || english
}

export const demandTitle = (demand: Demand): string => (isChinese ? zh.DEMANDS[demand] : DEMANDS[demand].title)
/** A verdict's message is the title of its demand in English. */
export function demandTitleOf(message: string): string {
  const demand = demands.find((name) => DEMANDS[name].title === message)
  return demand ? demandTitle(demand) : message
}

export const caseStateTitle = (state: CaseState): string => (isChinese ? zh.CASE_STATES : CASE_STATES)[state]
export const checkWords = (check: SetUpCheck) => (isChinese ? zh.SET_UP_CHECKS : SET_UP_CHECKS)[check]

/** What stands between backticks is code. */
export function withCode(text: string): ReactNode {
  return text
    .split('`')
    .map((part, index) => ({ part, key: `${index} ${part}`, isCode: index % 2 === 1 }))
    .map(({ part, key, isCode }) => (isCode ? <code key={key}>{part}</code> : <Fragment key={key}>{part}</Fragment>))
}
