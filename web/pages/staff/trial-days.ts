import { TRIAL } from '../../../rules/limits.ts'

/** What a field of days may hold: it gives text while it is empty. */
export const isTrialDays = (days: number | string): boolean =>
  Number.isInteger(Number(days)) && Number(days) >= 1 && Number(days) <= TRIAL.extendDaysMax
