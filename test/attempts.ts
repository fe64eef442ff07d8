/** Attempts that a person would have to ask for hundreds of times. */
import { newId } from '../server/clock.ts'
import type { Center } from './start.ts'

/** As if a notification that was sent before had been sent again so often; each with its fault, or null where it was acknowledged. */
export async function addAttempts(center: Center, notificationId: string, faults: readonly (string | null)[]) {
  await center.app.database.transact(async (db) => {
    const [first] = await db
      .selectFrom('notification_attempts')
      .selectAll()
      .where('notification_id', '=', notificationId)
      .orderBy('number')
      .execute()
    const { attempts } = await db
      .updateTable('notifications')
      .set((eb) => ({ attempts: eb('attempts', '+', faults.length) }))
      .where('id', '=', notificationId)
      .returning('attempts')
      .executeTakeFirstOrThrow()
    if (!first) throw new Error('It was not sent before.')
    for (const [i, fault] of faults.entries()) {
      const number = attempts - faults.length + i + 1
      const one = { ...first, id: newId('att'), at: first.at + number, number, fault }
      await db.insertInto('notification_attempts').values(one).execute()
    }
  })
}
