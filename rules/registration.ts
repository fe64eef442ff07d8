/** How the sandbox decides a registration. Stated in docs/guide/register-merchants.md. */

/** Decided after so long; a merchant or store is registered anew after the update window at the earliest. By the clock of the sandbox. */
export const REGISTRATION = { decideSeconds: 5, updateSeconds: 30 * 60 } as const

/** A merchant whose id ends like this is not wanted by the wallet. */
const REJECTED_SUFFIX = '-REJECTED'

export type RegistrationStatus = { whole: 'PROCESSING' | 'COMPLETED'; wallet: 'PENDING' | 'APPROVED' | 'REJECTED' }

/** As a whole, and with the wallet. */
export function registrationStatus(merchantId: string, isDecided: boolean): RegistrationStatus {
  if (!isDecided) return { whole: 'PROCESSING', wallet: 'PENDING' }
  return { whole: 'COMPLETED', wallet: merchantId.endsWith(REJECTED_SUFFIX) ? 'REJECTED' : 'APPROVED' }
}
