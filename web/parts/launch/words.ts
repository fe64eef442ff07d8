/** The words of a launch in the language of the page. Apart from web/words.ts, which every page brings along. */
import {
  GATE,
  type GateItem,
  LAUNCH_STATES,
  type LaunchState,
  TEST_VALUES,
  type TestValue,
} from '../../../rules/launch.ts'
import * as zh from '../../../rules/zh/launch.ts'
import { language } from '../../language.ts'

const isChinese = language === 'zh'

export const gateWords = (item: GateItem): { title: string; open: string; fix: string } =>
  isChinese ? zh.GATE[item] : GATE[item]

export const testValueTitle = (value: TestValue): string => (isChinese ? zh.TEST_VALUES : TEST_VALUES)[value]

export const launchStateTitle = (state: LaunchState): string => (isChinese ? zh.LAUNCH_STATES : LAUNCH_STATES)[state]
