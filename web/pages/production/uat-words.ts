/** The UAT checklist in the language of the page. */
import { UAT_ITEMS, UAT_PHASES, type UatItem, type UatPhase } from '../../../rules/uat.ts'
import * as zh from '../../../rules/zh/uat.ts'
import { language } from '../../language.ts'

const isChinese = language === 'zh'

export const uatPhaseTitle = (phase: UatPhase): string => (isChinese ? zh.UAT_PHASES : UAT_PHASES)[phase]

export const uatText = (item: UatItem): string => (isChinese ? zh.UAT_ITEMS[item] : UAT_ITEMS[item][1])
