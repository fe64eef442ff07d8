/** Stages of partners in the language of the page. */
import { STAGES, type Stage } from '../../../rules/stage.ts'
import * as zh from '../../../rules/zh/stage.ts'
import { language } from '../../language.ts'

const isChinese = language === 'zh'

export const stageWords = (stage: Stage): { title: string; blocks: string } => (isChinese ? zh.STAGES : STAGES)[stage]
