import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { Engine } from '../dialects.ts'
import { columnType } from '../dialects.ts'
import type { ColumnKind } from '../schema.ts'

/** The first schema. Written out, not read from schema.ts: a migration says for ever what it did. */
export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const table = async (name: string, columns: Record<string, ColumnKind>, primaryKey: string[]) => {
    let builder = db.schema.createTable(name)
    for (const [column, kind] of Object.entries(columns)) {
      builder = builder.addColumn(column, sql.raw(columnType(engine, kind)), (c) =>
        kind.endsWith('?') ? c : c.notNull(),
      )
    }
    await builder.addPrimaryKeyConstraint(`${name}_pk`, primaryKey as [never, ...never[]]).execute() // names are checked by the database
  }
  const index = (name: string, on: string, columns: string[], unique = false) => {
    const builder = db.schema.createIndex(name).on(on).columns(columns)
    return (unique ? builder.unique() : builder).execute()
  }

  await table(
    'people',
    {
      id: 'text',
      name: 'text',
      email: 'text',
      email_key: 'text',
      password_hash: 'text?',
      staff_role: 'text?',
      created_at: 'int',
    },
    ['id'],
  )
  await index('people_email', 'people', ['email_key'], true)

  await table(
    'partners',
    {
      id: 'text',
      name: 'text',
      name_key: 'text',
      partner_types: 'text',
      standing: 'text',
      trial_ends_at: 'int?',
      created_at: 'int',
      created_by: 'text',
    },
    ['id'],
  )
  await index('partners_name', 'partners', ['name_key'], true)
  await table('nda_addresses', { partner_id: 'text', email: 'text', email_key: 'text' }, ['partner_id', 'email_key'])
  await table(
    'members',
    { partner_id: 'text', person_id: 'text', roles: 'text', created_at: 'int', created_by: 'text' },
    ['partner_id', 'person_id'],
  )
  await index('members_person', 'members', ['person_id'])

  await table(
    'activations',
    { token_hash: 'text', person_id: 'text', partner_id: 'text?', expires_at: 'int', used_at: 'int?' },
    ['token_hash'],
  )
  await index('activations_person', 'activations', ['person_id'])
  await table(
    'sessions',
    {
      token_hash: 'text',
      person_id: 'text',
      partner_id: 'text?',
      created_at: 'int',
      seen_at: 'int',
      address: 'text',
      user_agent: 'text',
    },
    ['token_hash'],
  )
  await index('sessions_person', 'sessions', ['person_id'])
  await table('known_browsers', { token_hash: 'text', person_id: 'text', seen_at: 'int' }, ['token_hash', 'person_id'])
  await table(
    'resets',
    {
      token_hash: 'text',
      person_id: 'text?',
      email_key: 'text',
      code_hash: 'text?',
      code_expires_at: 'int',
      sent_at: 'int',
      tries: 'int',
      verified_at: 'int?',
      used_at: 'int?',
    },
    ['token_hash'],
  )
  await index('resets_person', 'resets', ['person_id'])
  await table('counters', { key: 'text', count: 'int', resets_at: 'int' }, ['key'])

  await table(
    'applications',
    {
      id: 'text',
      partner_id: 'text',
      name: 'text',
      name_key: 'text',
      partner_type: 'text',
      description: 'text',
      status: 'text',
      created_at: 'int',
      created_by: 'text',
      deleted_at: 'int?',
    },
    ['id'],
  )
  await sql`create unique index applications_name on applications (partner_id, name_key) where deleted_at is null`.execute(
    db,
  )
  await table('application_products', { application_id: 'text', product: 'text', status: 'text', added_at: 'int' }, [
    'application_id',
    'product',
  ])
  await table(
    'clients',
    {
      client_id: 'text',
      application_id: 'text',
      environment: 'text',
      participant_id: 'text',
      customer_id: 'text',
      network_public_key: 'text?',
      network_private_key: 'text?',
      network_fingerprint: 'text?',
      verified_at: 'int?',
    },
    ['client_id'],
  )
  await index('clients_application', 'clients', ['application_id', 'environment'], true)
  await index('clients_network_key', 'clients', ['network_fingerprint'])
  await table(
    'client_keys',
    {
      client_id: 'text',
      version: 'int',
      state: 'text',
      public_key: 'text',
      fingerprint: 'text',
      bits: 'int',
      set_at: 'int',
      set_by: 'text',
      proved_at: 'int?',
    },
    ['client_id', 'version'],
  )
  await index('client_keys_fingerprint', 'client_keys', ['fingerprint'], true)
  await table('notification_urls', { client_id: 'text', api: 'text', url: 'text' }, ['client_id', 'api'])

  await table(
    'payments',
    {
      application_id: 'text',
      payment_request_id: 'text',
      payment_id: 'text',
      wallet_secret: 'text',
      state: 'text',
      amount_minor: 'int',
      currency: 'text',
      order_amount_minor: 'int',
      order_currency: 'text',
      method_type: 'text',
      order_description: 'text',
      merchant_name: 'text',
      notify_url: 'text?',
      redirect_url: 'text?',
      created_at: 'int',
      expires_at: 'int',
      final_at: 'int?',
      pay_answer: 'text',
    },
    ['application_id', 'payment_request_id'],
  )
  await index('payments_id', 'payments', ['payment_id'], true)
  await sql`create index payments_open on payments (expires_at) where state = 'PAYING'`.execute(db)

  await table(
    'exchanges',
    {
      id: 'text',
      application_id: 'text',
      at: 'int',
      duration_us: 'int',
      method: 'text',
      uri: 'text',
      api: 'text?',
      result_code: 'text',
      result_status: 'text',
      signature: 'text',
      key_version: 'int?',
      warning: 'text?',
      payment_request_id: 'text?',
      payment_id: 'text?',
      source_address: 'text',
      request_headers: 'text',
      request_body: 'bytes',
      response_headers: 'text',
      response_body: 'text',
    },
    ['application_id', 'id'],
  )
  await table(
    'notifications',
    {
      id: 'text',
      application_id: 'text',
      client_id: 'text',
      api: 'text',
      payment_request_id: 'text',
      payment_id: 'text',
      url: 'text',
      body: 'text',
      state: 'text',
      attempts: 'int',
      next_attempt_at: 'int?',
      created_at: 'int',
    },
    ['id'],
  )
  await index('notifications_application', 'notifications', ['application_id', 'id'])
  await table(
    'notification_attempts',
    {
      id: 'text',
      notification_id: 'text',
      number: 'int',
      at: 'int',
      duration_ms: 'int',
      status: 'int?',
      fault: 'text?',
      signature_verified: 'int?',
      request_headers: 'text',
      response_headers: 'text',
      response_body: 'text',
    },
    ['notification_id', 'number'],
  )
  await table(
    'outbox',
    {
      id: 'text',
      topic: 'text',
      payload: 'text',
      attempts: 'int',
      due_at: 'int?',
      lease_owner: 'text?',
      lease_until: 'int',
      last_error: 'text?',
      created_at: 'int',
    },
    ['id'],
  )
  await sql`create index outbox_due on outbox (due_at) where due_at is not null`.execute(db)
}
