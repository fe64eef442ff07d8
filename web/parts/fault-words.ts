import { ACKNOWLEDGEMENT_FAULTS, type AcknowledgementFault } from '../../rules/notification.ts'
import { ACKNOWLEDGEMENT_FAULTS as ZH_FAULTS } from '../../rules/zh/notification.ts'
import { language } from '../language.ts'

const FAULTS: Record<AcknowledgementFault, string> = language === 'zh' ? ZH_FAULTS : ACKNOWLEDGEMENT_FAULTS

/** Why an answer acknowledged nothing. A fault that only the server knows has the server's words. */
export function faultWords(fault: string): string | undefined {
  return fault in FAULTS ? FAULTS[fault as AcknowledgementFault] : undefined // just found there
}
