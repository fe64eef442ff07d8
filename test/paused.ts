import type { Writer } from '../server/db/database.ts'

/** As if the last notifications of the application had failed, which takes a day: the endpoint of its settings is paused. */
export async function pauseEndpoint(db: Writer, applicationId: string): Promise<void> {
  const { client_id, url } = await db
    .selectFrom('clients as c')
    .innerJoin('notification_urls as u', 'u.client_id', 'c.client_id')
    .select(['c.client_id', 'u.url'])
    .where('c.application_id', '=', applicationId)
    .where('c.environment', '=', 'sandbox')
    .executeTakeFirstOrThrow()
  const { origin } = new URL(url)
  const now = Date.now()
  const failed = { failed_in_row: 5, failing_since: now - 86_400_000, last_fault: 'no_answer', paused_at: now }
  await db
    .insertInto('notification_endpoints')
    .values({ client_id, origin, application_id: applicationId, ...failed })
    .execute()
}
