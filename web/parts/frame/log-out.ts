import { logOut } from '../../../contract/accounts.ts'
import { ApiError, call } from '../../api.ts'
import { paths } from '../../paths.ts'

/** Logs out and leaves; false: the server did not answer, and the session goes on. */
export async function leave(): Promise<boolean> {
  const isOut = await isLoggedOut()
  if (isOut) window.location.assign(paths.logIn())
  return isOut
}

/** An ended session is what was wanted, however it ended. A full load of the log-in page then leaves nothing of it in memory. */
async function isLoggedOut(): Promise<boolean> {
  try {
    await call(logOut)
    return true
  } catch (error) {
    return error instanceof ApiError && error.problem.code === 'session.missing'
  }
}
