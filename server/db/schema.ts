/**
 * The data dictionary: every table and column, for both engines. The types of all queries are derived from it, and a test compares
 * it with what the migrations really make.
 *
 * `text` string · `int` whole number (times are UTC milliseconds, money is minor units) · `bytes` raw bytes · `?` may be null.
 */
import type { ColumnType } from 'kysely'

export const TABLES = {
  /** People who log in: partners' members and staff. */
  people: {
    id: 'text',
    name: 'text',
    email: 'text',
    /** The address in lower case: unique, and what is compared. */
    email_key: 'text',
    /** Null until the activation. */
    password_hash: 'text?',
    /** Set for staff only. */
    staff_role: 'text?',
    created_at: 'int',
    /** Shut out by staff: nothing begins a session until staff let the person in again. */
    disabled_at: 'int?',
    /** Where the person worked last: the next log-in opens it. */
    last_partner_id: 'text?',
    /** When the first password was chosen; null before that, and where it was before the center noted it. */
    activated_at: 'int?',
  },
  partners: {
    id: 'text',
    name: 'text',
    name_key: 'text',
    /** JSON list of partner types. */
    partner_types: 'text',
    /** JSON: the products under contract, or on trial. Null, for a partner of before: all of them. */
    products: 'text?',
    /** JSON: the fees that its contract has agreed on, by product (rules/fees.ts). Null: the default for all of them. */
    fees: 'text?',
    standing: 'text',
    trial_ends_at: 'int?',
    created_at: 'int',
    created_by: 'text',
  },
  nda_addresses: { partner_id: 'text', email: 'text', email_key: 'text' },
  /** Who belongs to which partner, with which roles (JSON list). */
  members: {
    partner_id: 'text',
    person_id: 'text',
    roles: 'text',
    created_at: 'int',
    created_by: 'text',
    /** Shut out of this organisation by one of its Developer Admins. */
    disabled_at: 'int?',
  },
  /** Colleagues invited by a Developer Admin, one row for an address of a partner; an accepted one is deleted. */
  invitations: {
    id: 'text',
    partner_id: 'text',
    email: 'text',
    email_key: 'text',
    roles: 'text',
    token_hash: 'text',
    /** `sent` or `withdrawn`; expired is read off the clock. */
    state: 'text',
    invited_by: 'text',
    /** Whose right to invite it rests on. */
    inviter_id: 'text',
    sent_at: 'int',
    expires_at: 'int',
  },
  /** The link that makes the first staff account, while there is no staff: one row, `first`. */
  startup_links: { id: 'text', token_hash: 'text', expires_at: 'int' },
  /** Links that set a first password. Only the hash of the token is kept. */
  activations: { token_hash: 'text', person_id: 'text', partner_id: 'text?', expires_at: 'int', used_at: 'int?' },
  sessions: {
    token_hash: 'text',
    person_id: 'text',
    partner_id: 'text?',
    created_at: 'int',
    seen_at: 'int',
    address: 'text',
    user_agent: 'text',
    /** When the password was entered last. */
    proved_at: 'int?',
    /** The known browser in which it began. */
    browser_hash: 'text?',
  },
  /** Browsers that logged in before: strangers' guesses and resets do not count against them. */
  known_browsers: { token_hash: 'text', person_id: 'text', seen_at: 'int', user_agent: 'text?' },
  /** Password resets under way, one per browser that asked. */
  resets: {
    token_hash: 'text',
    /** Null where the address has no account: the steps look the same. */
    person_id: 'text?',
    email_key: 'text',
    code_hash: 'text?',
    code_expires_at: 'int',
    sent_at: 'int',
    tries: 'int',
    verified_at: 'int?',
    used_at: 'int?',
  },
  /** Security counters, changed by one atomic statement that returns the new count. */
  counters: { key: 'text', count: 'int', resets_at: 'int' },

  applications: {
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
    launched_at: 'int?',
  },
  application_products: {
    application_id: 'text',
    product: 'text',
    status: 'text',
    added_at: 'int',
    launched_at: 'int?',
  },
  /** The client ids of an application, one per environment. */
  clients: {
    client_id: 'text',
    application_id: 'text',
    environment: 'text',
    participant_id: 'text',
    customer_id: 'text',
    /** The network's pair for this client: SubjectPublicKeyInfo in base64, and the private key sealed. Null until a key is set. */
    network_public_key: 'text?',
    network_private_key: 'text?',
    network_fingerprint: 'text?',
    /** When the first call with a good signature came. */
    verified_at: 'int?',
    /** How far the clock of this sandbox is ahead of the real one. It only grows. */
    clock_offset_ms: 'int',
    /** The secret of the Test Wallet's link: its hash, to find the client by, and itself sealed, to show the link again. */
    wallet_hash: 'text?',
    wallet_secret: 'text?',
    /** Production only: when anything changed that the registry tells of. */
    changed_at: 'int?',
  },
  /** Partners' public keys. */
  client_keys: {
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
  notification_urls: { client_id: 'text', api: 'text', url: 'text' },

  payments: {
    application_id: 'text',
    payment_request_id: 'text',
    payment_id: 'text',
    /** The last part of the paymentUrl. */
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
    /** What `pay` answers, byte for byte, in the present state. */
    pay_answer: 'text',
    product: 'text',
    refunded_minor: 'int',
    /** How it was decided, and so it stays when the money is given back later. Null while it is open. */
    result_code: 'text?',
    /** Set where the wallet has yet to answer: when it will, and with which code. */
    decides_at: 'int?',
    decides_as: 'text?',
    cancelled_at: 'int?',
    /** The real time at which the sandbox's clock has something to do here. The other times are the sandbox's own. */
    wake_at: 'int?',
    /** The agreed input that the amount is (rules/simulator.ts). */
    agreed: 'text?',
    /** The merchant whose account in the Test Wallet paid, or declined. Null: the application's own wallet. */
    payer_account: 'text?',
    /** In whose words it was made (rules/interfaces.ts): they are kept for its answers and notifications. */
    family: 'text',
    /** Of the payment code or token that it was paid with. */
    method_id_hash: 'text?',
    /** Whose code is read in the shop (contract/gateway.ts); null online. */
    scenario: 'text?',
    /** The application of the wallet partner that the payer pays with; null with the Test Wallet. */
    wallet_application_id: 'text?',
    /** JSON of who that is on the wire (server/gateway/facts.ts); null with the Test Wallet. */
    wallet_payer: 'text?',
    /** Where it is settled in another currency than it is paid in: what it is worth there, at which price (rules/exchange.ts). */
    settlement_currency: 'text?',
    settlement_minor: 'int?',
    quote_price: 'text?',
    /** The fees that it was made with (rules/fees.ts): what its contract agrees on later does not touch it. */
    interchange_basis_points: 'int',
    service_basis_points: 'int',
    /** 1: made by the Test Merchant with a throw-away key, so that no acceptance case is about it. */
    by_test_merchant: 'int?',
  },
  /** An acquirer and a wallet that pay each other in the sandbox. */
  pairs: {
    id: 'text',
    acquirer_application_id: 'text',
    wallet_application_id: 'text',
    created_at: 'int',
    created_by: 'text',
  },
  /** Disputes about payments. Times are the sandbox's. */
  disputes: {
    /** Given by the network: under it the acquirer is told. */
    id: 'text',
    application_id: 'text',
    payment_request_id: 'text',
    kind: 'text',
    reason: 'text',
    amount_minor: 'int',
    currency: 'text',
    /** Of the wallet partner that has opened it, with the id that it gave; null for the Test Wallet. */
    wallet_application_id: 'text?',
    wallet_dispute_id: 'text?',
    state: 'text',
    created_at: 'int',
    /** JSON of what the acquirer has said. */
    answer: 'text?',
    answered_at: 'int?',
  },
  /** Merchants made known to the wallets through the gateway. Times are the sandbox's. */
  registrations: {
    application_id: 'text',
    registration_request_id: 'text',
    merchant_id: 'text',
    store_id: 'text?',
    created_at: 'int',
    decides_at: 'int',
    family: 'text',
  },
  /** What a wallet hands to an acquirer to be joined, one for an application. */
  pairing_codes: { application_id: 'text', code_hash: 'text', expires_at: 'int', created_by: 'text' },
  /** Money given back, by the partner's id for it. Times are the sandbox's. */
  refunds: {
    application_id: 'text',
    refund_request_id: 'text',
    refund_id: 'text',
    payment_request_id: 'text',
    amount_minor: 'int',
    currency: 'text',
    created_at: 'int',
    /** In whose words it was asked for. */
    family: 'text',
    /** What `refund` answers, byte for byte. */
    answer: 'text',
    /** What it moves of the payment's settlement, and of the interchange (rules/fees.ts). Null where it was made before these were noted. */
    settlement_minor: 'int?',
    interchange_minor: 'int?',
  },
  /** Codes that the Test Wallet showed. `used_by` is the payment that took it. Times are the sandbox's. */
  /**
   * Agreements of Auto Debit. Codes and tokens are hashes here; the last answer of applyToken is kept whole, sealed, because a repeat of
   * the same grant gets it again. In the log of calls they stand as they were sent: they are test data of the partner who reads it.
   */
  agreements: {
    id: 'text',
    application_id: 'text',
    /** The last part of the address where the payer agrees. */
    secret: 'text',
    auth_client_id: 'text',
    reference_agreement_id: 'text?',
    /** JSON: what was asked for, to be shown and compared. */
    asked: 'text',
    family: 'text',
    state: 'text',
    created_at: 'int',
    expires_at: 'int',
    code_hash: 'text?',
    code_expires_at: 'int?',
    access_hash: 'text?',
    access_expires_at: 'int?',
    refresh_hash: 'text?',
    refresh_expires_at: 'int?',
    /** Of the code or refresh token that was used last. */
    grant_hash: 'text?',
    grant_answer: 'text?',
    /** The merchant whose account in the Test Wallet agreed. */
    payer_account: 'text?',
  },
  payment_codes: {
    code: 'text',
    application_id: 'text',
    created_at: 'int',
    expires_at: 'int',
    used_by: 'text?',
    /** The merchant in whose account it was shown. */
    payer_account: 'text?',
    /** The payer, as the wallet partner that asked for the code calls him. */
    customer_id: 'text?',
  },
  /** Evidence: every exchange with a partner, append only, exact bytes. */
  exchanges: {
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
    refund_request_id: 'text?',
    source_address: 'text',
    request_headers: 'text',
    request_body: 'bytes',
    response_headers: 'text',
    response_body: 'text',
    /** What the gateway did wrong on purpose (rules/acceptance/evidence.ts). */
    misbehaviour: 'text?',
    /** `in`: the partner called. `out`: the network called the partner, who is the one that answered. */
    direction: 'text',
    /** Why the sandbox refused it (rules/causes.ts). */
    cause: 'text?',
    /** 1: answered by iMock, so that it says nothing about anybody. */
    is_mocked: 'int?',
    /** 1: of the Test Merchant, so that it says nothing about the partner. */
    by_test_merchant: 'int?',
  },
  /** What the search of the request log looks through (rules/words.ts): one row for each exchange. */
  exchange_words: {
    application_id: 'text',
    id: 'text',
    words: 'text',
  },
  notifications: {
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
    misbehaviour: 'text?',
    family: 'text',
    /** Of the URL: scheme, name and port. With the client it is an endpoint. */
    origin: 'text',
    /** The first notification about a payment is 1, the next 2. */
    sequence: 'int',
    /** When what it tells of happened, by the clock of the sandbox. */
    event_at: 'int',
    /** Made up with iNotify (rules/inotify.ts); null for what the network has to tell. */
    manner: 'text?',
  },
  /** Endpoints that acknowledge nothing: one row from the first notification that used up its attempts to the next acknowledgement. */
  notification_endpoints: {
    client_id: 'text',
    origin: 'text',
    application_id: 'text',
    /** Notifications in a row that used up all their attempts. */
    failed_in_row: 'int',
    /** When the first of them did. */
    failing_since: 'int',
    /** Why the last attempt did not count (rules/notification.ts). */
    last_fault: 'text',
    /** Null while notifications are sent. */
    paused_at: 'int?',
  },
  /** Many notifications sent again at once, by a person, for a filter of the log. */
  notification_resends: {
    id: 'text',
    application_id: 'text',
    /** Chosen by the caller: the same again is the same resend. */
    key: 'text',
    state: 'text?',
    search: 'text?',
    total: 'int',
    /** How many attempts have ended, and how many of them were acknowledged. */
    done: 'int',
    acknowledged: 'int',
    started_at: 'int',
    started_by: 'text',
  },
  notification_attempts: {
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
    misbehaviour: 'text?',
    /** Where it was sent, which may not be where the notification goes today. Null for those of before. */
    url: 'text?',
  },
  /** Acceptance cases that somebody started: judged are the calls after `after_exchange`. */
  acceptance_runs: {
    id: 'text',
    application_id: 'text',
    case_id: 'text',
    started_at: 'int',
    started_by: 'text',
    /** The newest exchange at that moment; empty where there was none. */
    after_exchange: 'text',
    /** Null while it runs. */
    ended_at: 'int?',
    ended_as: 'text?',
    verdict: 'text?',
  },
  /** The last verdict on each case; a pass stays. `payer` is a merchant, or empty for all payers together. */
  acceptance_verdicts: {
    application_id: 'text',
    payer: 'text',
    case_id: 'text',
    suite_version: 'int',
    outcome: 'text',
    /** JSON (rules/acceptance/case.ts). */
    verdict: 'text',
    at: 'int',
    run_id: 'text?',
  },
  /** Exchanges and notifications that a verdict rests on: kept as long as it. */
  acceptance_evidence: { application_id: 'text', payer: 'text', case_id: 'text', evidence_id: 'text' },
  /** Up to this exchange everything has been judged, however much has come since. */
  acceptance_marks: { application_id: 'text', exchange_id: 'text' },
  /** What the gateway does wrong next, once, for a client whose case runs: with a payment of the product made since, by its sandbox's clock. */
  misbehaviours: { client_id: 'text', kind: 'text', product: 'text', run_id: 'text', since: 'int' },
  /** Keys of the center itself: SubjectPublicKeyInfo in base64, and the private key sealed. */
  center_keys: { name: 'text', public_key: 'text', private_key: 'text', made_at: 'int' },
  /** What was changed by whom: append only, each entry bound to the one before it in its chain (docs, "The audit log"). */
  audit_entries: {
    /** A partner's id, or `center`. */
    chain: 'text',
    number: 'int',
    id: 'text',
    at: 'int',
    actor_kind: 'text',
    actor_id: 'text?',
    actor_name: 'text',
    actor_email: 'text?',
    action: 'text',
    object_id: 'text',
    object_name: 'text',
    /** JSON of what was changed. */
    before: 'text?',
    after: 'text?',
    address: 'text?',
    request_id: 'text?',
    previous_hash: 'text',
    hash: 'text',
  },
  /** Where each chain begins and ends. `seal` can be made with the master key only. */
  audit_heads: {
    chain: 'text',
    first_number: 'int',
    first_previous_hash: 'text',
    number: 'int',
    hash: 'text',
    seal: 'text',
  },
  /** Merchants that test with an application. Their status is read off these facts and the mail's (rules/merchant.ts). */
  merchants: {
    id: 'text',
    application_id: 'text',
    name: 'text',
    /** In lower case, to be searched. */
    name_key: 'text',
    mid: 'text',
    email: 'text',
    email_key: 'text',
    /** JSON list of products. */
    products: 'text',
    /** The number with which the merchant logs in to the Test Wallet. */
    account: 'text',
    password_hash: 'text?',
    /** The secret of the newest invitation's link: its hash, to find the merchant by, and itself sealed, to show it again. */
    token_hash: 'text?',
    token: 'text?',
    mail_id: 'text?',
    invited_at: 'int?',
    invited_by: 'text?',
    invitation_expires_at: 'int?',
    opened_at: 'int?',
    accepted_at: 'int?',
    withdrawn_at: 'int?',
    first_log_in_at: 'int?',
    created_at: 'int',
    created_by: 'text',
  },
  /** Merchants logged in to the Test Wallet. */
  wallet_sessions: { token_hash: 'text', merchant_id: 'text', created_at: 'int', seen_at: 'int' },
  /** To whom an application's invitations go: the merchant (1 or 0), and colleagues in copy (JSON list). */
  invitation_preferences: { application_id: 'text', to_merchant: 'int', copies: 'text' },
  /** Texts to be signed with the private half of a production key, to prove it. One for a version; used once. */
  key_challenges: { client_id: 'text', version: 'int', text: 'text', expires_at: 'int' },
  /** The last look at a production notification URL: the HTTP status, or why no answer came. It counts for that `url` only. */
  url_looks: { client_id: 'text', api: 'text', url: 'text', at: 'int', status: 'int?', fault: 'text?' },
  /** Requests to launch an application, or products of a launched one. Of an application one is open at a time. */
  launch_requests: {
    id: 'text',
    application_id: 'text',
    /** `application` or `products`. */
    kind: 'text',
    /** JSON list of products. */
    products: 'text',
    state: 'text',
    filed_at: 'int',
    filed_by: 'text',
    state_since: 'int',
    /** How long it was the network's turn, and the partner's, until `state_since`. */
    center_ms: 'int',
    partner_ms: 'int',
    settled_by: 'text?',
  },
  /** What the network asks to be mended, by item of the checklist. A round is what was sent back at once. */
  launch_remarks: {
    id: 'text',
    request_id: 'text',
    round: 'int',
    item: 'text',
    text: 'text',
    at: 'int',
    made_by: 'text',
  },
  /**
   * Reports to be made, and made: a day's clearing, or a settlement. Days are numbers (rules/clearing.ts); the other times are the
   * sandbox's, but `created_at` and `ready_at` are real.
   */
  report_runs: {
    id: 'text',
    application_id: 'text',
    /** `clearing` or `settlement`. */
    kind: 'text',
    day: 'int',
    /** Of one day the highest counts. */
    seq: 'int',
    folder_day: 'int',
    /** What happened before this moment is counted. */
    until: 'int',
    /** The moment at which it was due, or asked for: from then on it is kept. */
    made_for: 'int',
    /** 1: somebody asked for it while the day went on. */
    by_hand: 'int',
    /** `waiting`, `ready` or `failed`. */
    state: 'text',
    created_at: 'int',
    ready_at: 'int?',
  },
  /** Report files that are whole. */
  report_files: {
    id: 'text',
    run_id: 'text',
    application_id: 'text',
    kind: 'text',
    name: 'text',
    folder_day: 'int',
    currency: 'text',
    bytes: 'int',
    made_for: 'int',
  },
  /** Files whose pieces nobody sees: not whole yet (`begun_at` is real), or over (0). */
  report_drafts: { file_id: 'text', begun_at: 'int' },
  /** The content of files and drafts in pieces, in the order of `number`. */
  report_parts: { file_id: 'text', number: 'int', size: 'int', content: 'bytes' },
  /** What a clearing came to, by currency: JSON (rules/reports.ts). */
  report_sums: { run_id: 'text', currency: 'text', application_id: 'text', day: 'int', sums: 'text' },
  /** The last day whose reports were planned. */
  report_marks: { application_id: 'text', through: 'int' },
  /** Who fetches reports over SFTP: one account for a sandbox. The password is kept as a hash, the key as one OpenSSH line. */
  sftp_accounts: {
    application_id: 'text',
    account: 'text',
    password_hash: 'text?',
    password_set_at: 'int?',
    password_set_by: 'text?',
    public_key: 'text?',
    key_fingerprint: 'text?',
    key_set_at: 'int?',
    key_set_by: 'text?',
  },
  /** iMock (rules/mock.ts): what a sandbox answers because it was asked to. `rules` is JSON. */
  mocks: {
    application_id: 'text',
    mode: 'text',
    rules: 'text',
    started_at: 'int',
    started_by: 'text',
    ends_at: 'int',
  },
  /** Where the Test Merchant reaches a partner's server. */
  test_merchants: { application_id: 'text', url: 'text', set_at: 'int', set_by: 'text' },
  /** Keys that a sandbox takes beside the partner's own, until they end. */
  throw_away_keys: {
    fingerprint: 'text',
    application_id: 'text',
    public_key: 'text',
    set_at: 'int',
    set_by: 'text',
    ends_at: 'int',
  },
  /** The relay of a sandbox. `listens_until`: so long somebody is believed to listen; 0 before anybody did. */
  relays: {
    application_id: 'text',
    token_hash: 'text',
    made_at: 'int',
    made_by: 'text',
    seen_at: 'int?',
    listens_until: 'int',
  },
  /**
   * Calls that wait for a listener or its answer, for the time of one attempt. `listener`: who has it, of his own naming; `taken_at` says
   * that somebody ever had it; until `leased_until` nobody else gets it. Headers are JSON, and the body of the answer base64.
   */
  relay_calls: {
    id: 'text',
    application_id: 'text',
    uri: 'text',
    headers: 'text',
    body: 'text',
    created_at: 'int',
    ends_at: 'int',
    listener: 'text?',
    taken_at: 'int?',
    leased_until: 'int',
    answered_at: 'int?',
    answer_status: 'int?',
    answer_headers: 'text?',
    answer_body: 'text?',
  },
  /**
   * Calls that were made at an `inbox:` URL, as they would have gone out. Headers are a JSON object; `bytes` is the size of the body.
   * Without a notification it was a question of the network.
   */
  inbox_calls: {
    id: 'text',
    application_id: 'text',
    api: 'text',
    family: 'text',
    at: 'int',
    method: 'text',
    uri: 'text',
    headers: 'text',
    body: 'text',
    bytes: 'int',
    notification_id: 'text?',
    payment_request_id: 'text',
    payment_id: 'text',
  },
  /** Items of the UAT checklist that are ticked. */
  uat_ticks: { application_id: 'text', item: 'text', ticked_at: 'int', ticked_by: 'text' },
  /** What became of each mail. Never what it said: subjects hold no secrets. */
  mails: {
    /** Also the id of its work in the outbox, and the first half of its Message-ID. */
    id: 'text',
    kind: 'text',
    recipient: 'text',
    /** JSON list. */
    copies: 'text',
    subject: 'text',
    /** The id of what it is about. */
    about: 'text?',
    state: 'text',
    attempts: 'int',
    /** What the mail server said last, or why it could not be asked. */
    words: 'text?',
    /** 1: the connection broke after the whole message was handed over, so it may have gone out twice, with one Message-ID. */
    perhaps_twice: 'int',
    created_at: 'int',
    tried_at: 'int?',
    next_at: 'int?',
    settled_at: 'int?',
  },
  /** Work to be done after a commit. A row is claimed with a lease; done rows are deleted, given-up rows keep their last error. */
  outbox: {
    id: 'text',
    topic: 'text',
    /** What the work is about, for the handler of the topic. Sealed where it holds secrets. */
    payload: 'text',
    attempts: 'int',
    /** Null: given up. */
    due_at: 'int?',
    lease_owner: 'text?',
    lease_until: 'int',
    last_error: 'text?',
    created_at: 'int',
    /** What it could hold up: only so much of one lane is under way at a time. Empty: the topic itself. */
    lane: 'text',
    /** Whose it is, where many share the places. */
    tenant: 'text',
  },
} as const satisfies Record<string, Record<string, ColumnKind>>

export type ColumnKind = 'text' | 'text?' | 'int' | 'int?' | 'bytes'

type Value = { text: string; 'text?': string | null; int: number; 'int?': number | null; bytes: Uint8Array }
type Column<K extends ColumnKind> = K extends `${string}?`
  ? ColumnType<Value[K], Value[K] | undefined, Value[K]>
  : Value[K]

export type Tables = {
  [T in keyof typeof TABLES]: {
    [C in keyof (typeof TABLES)[T]]: Column<(typeof TABLES)[T][C] & ColumnKind>
  }
}

/** A row as it is read. */
export type Row<T extends keyof Tables> = {
  [C in keyof (typeof TABLES)[T]]: Value[(typeof TABLES)[T][C] & ColumnKind]
}
