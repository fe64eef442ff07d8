/**
 * The wire protocol as numbered rows, each with the test that proves it, or the reason why the gateway does not do it. A law reads the
 * page: a row with neither, or with a test that is not there, is a red build.
 */
import { page, table } from './text.ts'

/** The file of a test and a part of its title; or why not. */
type Row = readonly [rule: string, proof: readonly [file: string, title: string] | string]
type Section = { letter: string; title: string; rows: readonly Row[] }

const WIRE = 'server/gateway/wire.test.ts'
const GATEWAY = 'server/gateway/gateway.test.ts'
const LIFE = 'server/gateway/lifecycle.test.ts'
const FAMILIES = 'server/gateway/families.test.ts'
const CODES = 'server/gateway/codes.test.ts'
const CONSULT = 'server/gateway/consult.test.ts'
const LOG = 'server/gateway/log.test.ts'
const SIMULATOR = 'server/gateway/simulator.test.ts'
const AGREEMENTS = 'server/agreements/agreements.test.ts'
const NOTIFICATIONS = 'server/notifications/notifications.test.ts'
const SETTLEMENT = 'server/gateway/settlement.test.ts'
const REPORTS = 'server/reports/reports.test.ts'
const REPORT_RULES = 'rules/reports.test.ts'
const EXCHANGE = 'rules/exchange.test.ts'
const SFTP = 'server/sftp/sftp.test.ts'
const EXAMPLES = 'test/examples.test.ts'
const VERIFIES = 'verifies, and is answered with three lower-case headers that every client can read'
const CHANGED = 'with one byte changed, in the body, the time or the path, never does'
const DISPUTES = 'server/disputes/disputes.test.ts'
const REGISTRATIONS = 'server/registrations/registrations.test.ts'
const WALLETS = 'server/wallets/wallets.test.ts'

const SECTIONS: readonly Section[] = [
  {
    letter: 'T',
    title: 'Transport and paths',
    rows: [
      [
        'Only `POST` is served; another method is `METHOD_NOT_SUPPORTED`.',
        [GATEWAY, 'an unknown path is answered signed, another method unsigned'],
      ],
      [
        'Methods that are rare on the web are answered in the protocol too.',
        [LOG, 'even %s is answered in the protocol'],
      ],
      ['APS is served below `/aps/api/v1`.', [GATEWAY, 'starts a cashier payment and answers signed']],
      [
        'AMS is served below `/ams/api/v1` and `/ams/sandbox/api/v1`, signed over the path that was called.',
        [FAMILIES, 'a payment below %s: started, paid, inquired'],
      ],
      ['A signature over one path verifies below no other.', [WIRE, 'a signature of other content verifies nowhere']],
      [
        'A request target in absolute form is taken; scheme, host and port are not signed.',
        [WIRE, 'an absolute-form target'],
      ],
      [
        'An interface of one family does not exist in the other.',
        [FAMILIES, 'an unknown client and an unknown interface are refused in the codes of AMS'],
      ],
      [
        'An unknown path is `NO_INTERFACE_DEF`.',
        [GATEWAY, 'an unknown path is answered signed, another method unsigned'],
      ],
      [
        'Only https.',
        'Whoever runs the center puts it behind a proxy that speaks https, or on loopback; settings that fit neither stop the start.',
      ],
    ],
  },
  {
    letter: 'H',
    title: 'Headers of a call',
    rows: [
      ['Names of headers in any case and any order.', [WIRE, 'header names in capitals']],
      ['A missing `Client-Id`, `Request-Time` or `Signature` is `PARAM_ILLEGAL`.', [GATEWAY, 'no Client-Id']],
      ['`Content-Type` may be missing; every spelling of JSON is taken.', [LOG, 'spellings of the content type']],
      [
        'Another media type is `MEDIA_TYPE_NOT_ACCEPTABLE`, after the signature has verified.',
        [LOG, 'spellings of the content type'],
      ],
      [
        'An empty `agent-token` is none; headers that client libraries add are ignored.',
        [WIRE, 'an empty agent-token and the headers of Go'],
      ],
      ['A wrong `Agent-Token` is `OAUTH_FAILED`.', [GATEWAY, 'an Agent-Token that we never gave']],
      [
        'A right `Agent-Token` lets a technical service provider act for an acquirer.',
        'Nobody can be authorized to act for a partner yet, so every token is a wrong one.',
      ],
      ['Blanks around the parts of `Signature`, and another order of them.', [WIRE, 'blanks around everything']],
      ['The algorithm in any case; another one is `PARAM_ILLEGAL`.', [WIRE, 'the algorithm in small letters']],
      ['`keyVersion` may be left out.', [WIRE, 'no keyVersion']],
      ['An unknown `keyVersion` is `KEY_NOT_FOUND` where nothing verifies.', [GATEWAY, 'an unknown key version']],
      [
        'A call that verifies with another active key than it names is taken, with a warning in the log.',
        [GATEWAY, 'a replacement verifies nothing until its text is signed'],
      ],
      ['`ECC224` of old documents.', 'No client library in use sends it.'],
      [
        'The header `Encrypt`.',
        'No client library in use sends it; the body would not be readable as JSON, which is said.',
      ],
    ],
  },
  {
    letter: 'S',
    title: 'What is signed',
    rows: [
      [
        '`POST`, path, line feed, client id, time and raw body, with RSA and SHA-256.',
        [EXAMPLES, 'gets a signed answer that openssl verifies'],
      ],
      [
        'Published vectors: what is signed and what verifies, byte by byte.',
        ['test/laws/vectors.test.ts', 'are unchanged'],
      ],
      ['The query string is part of it.', [WIRE, 'a query string']],
      ['The base64 is percent-encoded, in upper or lower case, or not at all.', [WIRE, 'the base64 in lower-case hex']],
      [
        'The raw bytes count: pretty JSON, escaped slashes and Unicode, four-byte characters, a line feed at the end.',
        [WIRE, 'escaped slashes and Unicode, as PHP writes them'],
      ],
      ['One changed byte is `INVALID_SIGNATURE`.', [WIRE, CHANGED]],
      [
        'Of 100,000 changed messages none verifies.',
        ['test/laws/vectors.test.ts', 'of 100,000 changed messages none is accepted'],
      ],
      [
        'Without a registered key: `KEY_NOT_FOUND`; the first key works at once.',
        [GATEWAY, 'a client without a key gets KEY_NOT_FOUND'],
      ],
      [
        'The key of the network signs answers and notifications.',
        [EXAMPLES, 'pays, and learns the outcome by a notification that it verifies'],
      ],
    ],
  },
  {
    letter: 'C',
    title: 'Time',
    rows: [
      [
        'Epoch milliseconds, ISO 8601 with zone, with offset, with or without a colon, with up to seven decimals: signed as it is written.',
        [WIRE, '2026-11-23T04:25:17.1234567Z'],
      ],
      [
        'Another time in the header than in the signed text is `INVALID_SIGNATURE`.',
        [GATEWAY, 'another time than was signed'],
      ],
      ['An old `Request-Time` is refused.', 'No window is published, and clients send what their clocks say.'],
      ['Times in bodies are ISO 8601 with offset.', [GATEWAY, 'cuts a longer life to ten minutes']],
    ],
  },
  {
    letter: 'A',
    title: 'Answers',
    rows: [
      [
        '`client-id`, `response-time` and `signature` in lower case; three parts without blanks, the signature last and percent-encoded.',
        [WIRE, VERIFIES],
      ],
      ['`tracerid` is in every answer, and is another id for every call.', [WIRE, VERIFIES]],
      ['HTTP 200 for every answer of the protocol.', [GATEWAY, 'an unknown Client-Id']],
      ['An answer to whoever could not be authenticated has no signature.', [WIRE, CHANGED]],
      ['Not compressed, unless asked for; not even then.', [WIRE, 'Accept-Encoding: gzip']],
      [
        'Every `result` has a code, a status out of S, F and U, and a message of at most 256 characters.',
        ['rules/rules.test.ts', 'a result message is cut to the protocol'],
      ],
      ['A body that is no JSON object in UTF-8 is `PARAM_ILLEGAL`.', [GATEWAY, 'a body that is no JSON object: %j']],
      [
        'A body that is too large is answered in the protocol.',
        [GATEWAY, 'a body that is too large is answered in the protocol'],
      ],
      [
        'A field that is missing, too long or malformed is `PARAM_ILLEGAL`, and is named.',
        [GATEWAY, 'names the field that is wrong: %j'],
      ],
      [
        'Too many refused calls: `REQUEST_TRAFFIC_EXCEED_LIMIT`, and good ones go on.',
        [GATEWAY, 'forged calls use up neither the ration of the good ones nor the log'],
      ],
      [
        'An unknown client: `INVALID_CLIENT`, in AMS `UNKNOWN_CLIENT`.',
        [FAMILIES, 'an unknown client and an unknown interface are refused in the codes of AMS'],
      ],
      [
        'A client that is shut off: `INVALID_CLIENT`, in AMS `INVALID_CLIENT_STATUS`.',
        ['server/partners/trials.test.ts', 'lets its members look and change nothing'],
      ],
      ['An application without the product: `ACCESS_DENIED`.', [GATEWAY, 'without the product is denied']],
      ['`CLIENT_FORBIDDEN_ACCESS_API` of AMS.', 'It says what `ACCESS_DENIED` says, which both families know.'],
      [
        'Numbers and booleans are taken where a string is documented, and unknown fields are ignored.',
        [GATEWAY, 'takes numbers, booleans and unknown fields as real clients send them'],
      ],
      ['`null` is the same as a field that is left out.', [WIRE, 'null for what is left out']],
    ],
  },
  {
    letter: 'I',
    title: 'Repeated calls',
    rows: [
      [
        '`pay` in APS with the same `paymentAmount`, `orderAmount` and `paymentMethodType`: the same bytes.',
        [GATEWAY, 'repeated with the same key fields gets the same bytes'],
      ],
      [
        '`pay` in APS with another one of them: `REPEAT_REQ_INCONSISTENT`, which names it.',
        [GATEWAY, 'repeated with another %s is inconsistent'],
      ],
      [
        '`pay` in AMS compares `paymentAmount` and `paymentMethodId`.',
        [FAMILIES, 'its code is what a repeat must not change'],
      ],
      ['Of a hundred copies at once one makes the payment.', [GATEWAY, 'a hundred parallel copies make one payment']],
      ['Once final, the final answer, byte for byte.', [GATEWAY, 'tells the final outcome once the payer has paid']],
      [
        '`refund` with the same id and amount: the same bytes.',
        [LIFE, 'answers with an id, a time and the amount, and repeats the same bytes'],
      ],
      [
        '`refund` with the same id and another amount or payment: `REPEAT_REQ_INCONSISTENT`, which names it.',
        [LIFE, 'repeated with another %s is inconsistent'],
      ],
      ['Fifty copies of a refund make one.', [LIFE, 'fifty copies of one make one refund']],
      ['`cancelPayment` compares nothing.', [LIFE, 'by either id, twice, says SUCCESS, signed']],
      [
        '`prepare` with the same `authClientId` and `referenceAgreementId`: the same bytes; with other values: `REPEAT_REQ_INCONSISTENT`.',
        [AGREEMENTS, 'answers the address where the payer agrees, the same for the same agreement'],
      ],
      [
        '`applyToken` with the same code or refresh token: the same bytes, until something newer was given.',
        [AGREEMENTS, 'come for a code, the same for a repeat'],
      ],
      ['`cancelToken` compares nothing.', [AGREEMENTS, 'are ended by the partner, twice if he likes']],
      ['Customs declarations.', 'Outside of what the center tests.'],
      ['What was acknowledged survives a kill.', ['test/kill.test.ts', 'kill -9 under load loses and changes nothing']],
    ],
  },
  {
    letter: 'O',
    title: 'Time-outs and unknown outcomes',
    rows: [
      [
        '`pay` without an answer in eight seconds, and nothing started.',
        [SIMULATOR, '9902: nothing is started, and a cancel keeps it so'],
      ],
      ['`pay` done, and answered too late.', [SIMULATOR, '9915: the payment has succeeded, the answer is held']],
      ['`pay` with an unknown outcome.', [SIMULATOR, '9901: unknown for ever']],
      ['`inquiryPayment` without an answer in five seconds.', [SIMULATOR, '9904: inquiryPayment of it is held']],
      ['`inquiryPayment` with an unknown outcome.', [SIMULATOR, '9903: inquiryPayment is unknown every time']],
      [
        '`payToAmount` counts before `paymentAmount`.',
        [SIMULATOR, 'an amount on the wallet’s side counts before the amount of the payment'],
      ],
      ['Push mode: the network polls the acquirer.', 'It belongs to no product that is served.'],
    ],
  },
  {
    letter: 'N',
    title: 'Notifications',
    rows: [
      ['Final outcomes only, signed over path and query of the URL.', [NOTIFICATIONS, 'a final outcome']],
      [
        '`paymentNotifyUrl` of the request counts before the URL of the settings.',
        [NOTIFICATIONS, 'goes to the URL of the request before the one of the settings'],
      ],
      ['One notification for one decision.', [NOTIFICATIONS, 'of many decisions at once, one counts']],
      [
        'Acknowledged by HTTP 200, status S and, in APS, a signature that verifies.',
        [NOTIFICATIONS, 'what is not an acknowledgement'],
      ],
      [
        'In AMS an answer without a signature acknowledges.',
        [FAMILIES, 'an answer without a signature acknowledges it'],
      ],
      [
        'Eight sends within 24 h 22 min; waits of 0, 2 min, 10 min, 10 min, 1 h, 2 h, 6 h, 15 h, shortened by the clock factor.',
        ['rules/rules.test.ts', 'the ladder has eight sends within 24 h 22 min'],
      ],
      [
        'It is sent again after each wait until it is acknowledged.',
        [NOTIFICATIONS, 'sends again after each published wait until the answer is signed'],
      ],
      ['After the eighth send it has failed.', [NOTIFICATIONS, 'ends after eight sends']],
      [
        'The waits hold exactly under a clock factor, and through a restart.',
        ['test/ladder.test.ts', 'eight sends at the moments of the table, through a kill and a restart'],
      ],
      [
        'In whatever order and however often it comes, whoever follows the rule ends in the right state.',
        ['server/notifications/order.test.ts', 'whoever follows the documented rule ends in the same state'],
      ],
      [
        'An endpoint that acknowledges nothing is paused, and gets what waits when it is resumed.',
        ['server/notifications/endpoints.test.ts', 'loses nothing, and gets what waits in order when it is resumed'],
      ],
      ['One endpoint that is out of order delays no other.', ['test/neighbours.test.ts', 'slow no other partner down']],
      [
        'A person can send it again, beside the schedule.',
        ['server/notifications/resend.test.ts', 'that fails does not use up the schedule'],
      ],
      ['AMS words: `notifyType` and `result`.', [FAMILIES, 'the outcome is notified in the words of AMS']],
      ['AMS notifies of refunds at `refundNotifyUrl`.', [FAMILIES, 'is notified where that was asked for']],
      [
        'It leads to no inside address, whatever the name says at that moment.',
        [NOTIFICATIONS, 'a name that leads inside by the time of the sending is not called'],
      ],
      [
        '`authNotify` tells of a code, and of an agreement that the payer has ended.',
        [AGREEMENTS, 'agrees once and goes back with a code, of which the partner is told'],
      ],
      [
        '`consultUnbinding` asks the acquirer before the payer ends an agreement, where he has set a URL.',
        [AGREEMENTS, 'asks the acquirer first, who may keep it'],
      ],
      [
        '`notifyRegistrationStatus`, `initiateRetrieval`, `initiateEscalation`.',
        'The interfaces behind them are not served yet.',
      ],
    ],
  },
  {
    letter: 'P',
    title: 'pay',
    rows: [
      [
        'Cashier Payment: `PAYMENT_IN_PROCESS` with a `paymentUrl`.',
        [GATEWAY, 'starts a cashier payment and answers signed'],
      ],
      ['Terminal and operating system are checked.', [GATEWAY, 'names the field that is wrong: %j']],
      [
        'A longer life than ten minutes is cut to ten.',
        [GATEWAY, 'cuts a longer life to ten minutes, and is closed when they are over'],
      ],
      [
        'In AMS an order lives fourteen minutes where nothing is wished.',
        [FAMILIES, 'an order of AMS lives fourteen minutes'],
      ],
      [
        'User-presented Mode: final at once, with the code of a payer.',
        [LIFE, 'succeeds at once, and its code works once'],
      ],
      [
        'A code has 24 digits, lives for a minute, and is `EXPIRED_CODE` or `INVALID_CODE` afterwards.',
        [LIFE, 'that is over a minute old is expired'],
      ],
      ['Of many payments with one code one is paid.', [LIFE, 'of many at once with the same code, one is paid']],
      ['The payer may have to confirm.', [SIMULATOR, '9916: the order waits in the Test Wallet']],
      [
        'Other shapes of codes: 17 to 32 digits of other issuers.',
        'The Test Wallet and the wallets of partners issue codes of 24 digits; others are `INVALID_CODE`.',
      ],
      [
        'Order code: `PAYMENT_IN_PROCESS` with an `orderCodeForm`.',
        [CODES, 'is in the answer, leads the wallet to the order, is paid once'],
      ],
      [
        'Pictures of the code in `orderCodeForm`.',
        'The text of the code is given (`displayType` `TEXT`); every client can draw it.',
      ],
      [
        'Entry code: a store and a user agent are needed; `paymentUrl`.',
        [CODES, 'begins a payment with a page for the payer'],
      ],
      [
        'Private codes, which the acquirer explains by `userInitiatedPay`.',
        [WALLETS, 'the Test Wallet asks him, and pays the order that he names'],
      ],
      [
        'Auto Debit: final at once, by an access token.',
        [AGREEMENTS, 'is final at once, notified, refunded and cancelled like any other'],
      ],
      [
        'The token is good for the `authClientId` that it was given to, until it ends or is ended.',
        [AGREEMENTS, 'is for the client that the token was given to, who is named'],
      ],
      ['`isPaymentEvaluation` asks, and debits nothing.', [AGREEMENTS, 'can be asked about without a debit']],
      [
        'Every code that the network refuses a `pay` with.',
        [SIMULATOR, 'pay is refused with %s, and nothing is started'],
      ],
      ['Every code that a wallet refuses a payment with.', [SIMULATOR, 'in the shop at once']],
      [
        '`settlementAmount` and `settlementQuote` where the settlement currency differs; `quotePrice` is a number.',
        [SETTLEMENT, 'carries settlement amount and quote once it is paid, in answers and notification of APS'],
      ],
      [
        'In AMS: `productCode`, `normalUrl`, `redirectActionForm`.',
        [FAMILIES, 'a payment below %s: started, paid, inquired'],
      ],
      [
        'In AMS: `grossSettlementAmount`, also of refunds and in `inquiryRefund`.',
        [SETTLEMENT, 'carries grossSettlementAmount in the words of AMS'],
      ],
      [
        'An unknown currency is `CURRENCY_NOT_SUPPORT`.',
        [SETTLEMENT, 'a currency that nobody knows: CURRENCY_NOT_SUPPORT, which names it'],
      ],
      [
        'Currencies without decimals, or with three, are exchanged in their smallest units.',
        [EXCHANGE, 'of the table: whole units, cents, and currencies without decimals or with three'],
      ],
      ['`customsDeclarationAmount`.', 'Customs are outside of what the center tests.'],
      ['In AMS an entry code is a form of the method `SCAN`.', [CODES, 'is scanned in AMS']],
      [
        '`schemeUrl`, `applinkUrl`, `paymentActionForm` in AMS.',
        'The Test Wallet is a web page; `normalUrl` leads there from every terminal.',
      ],
      [
        '`consultPayment`, in AMS `consult`: which wallets may be shown, and why not.',
        [CONSULT, '%s: the wallet that a cashier may show'],
      ],
    ],
  },
  {
    letter: 'L',
    title: 'After the payment',
    rows: [
      ['Every event in every state does what the table of the machine says.', [LIFE, 'every state and every event']],
      [
        '`inquiryPayment` by either id; the network’s decides.',
        [GATEWAY, 'finds a payment by either id, and the network id decides'],
      ],
      [
        'An unknown id is `ORDER_NOT_EXIST`, no id `PARAM_ILLEGAL`.',
        [GATEWAY, 'of an unknown id is ORDER_NOT_EXIST, of no id PARAM_ILLEGAL'],
      ],
      ['`paymentStatus` in AMS for every state.', [FAMILIES, 'every state has its paymentStatus']],
      ['`transactions` list payment, refunds and cancel.', [LIFE, 'several parts stand in the list of transactions']],
      [
        '`cancelPayment` in any state, until 00:15 (UTC+8) of the next day; then `CANCEL_WINDOW_EXCEED`.',
        [LIFE, 'moved a day ends the window of cancelling'],
      ],
      [
        'After a cancel the order is closed, also where its `pay` comes later.',
        [LIFE, 'of a paymentRequestId that never arrived holds'],
      ],
      ['A cancel and a pay at the same moment end cancelled.', [LIFE, 'racing with its own pay ends cancelled']],
      ['`cancel` in AMS says when.', [FAMILIES, 'cancel says which payment and when']],
      [
        'Refunds in parts, never more than was paid, fifty at once.',
        [LIFE, 'fifty at once take exactly what is there'],
      ],
      [
        'A refund for one calendar year; then `REFUND_WINDOW_EXCEED`.',
        [LIFE, 'moved a day ends the window of cancelling, moved a year that of refunding'],
      ],
      [
        'No `inquiryRefund` in APS; in AMS by either id.',
        [FAMILIES, 'a refund is answered, can be inquired by either id'],
      ],
      [
        'A refund uses the quote of its payment, and parts never move more than the payment did.',
        [SETTLEMENT, 'is refunded at its own quote: parts add up to the whole to the last unit'],
      ],
      ['Only what was paid is refunded.', [LIFE, 'of a payment that is %s exceeds it']],
      ['`capture` and other interfaces of AMS outside of these.', 'They belong to products that are not offered.'],
    ],
  },
  {
    letter: 'F',
    title: 'Report files',
    rows: [
      [
        'Clearing files at 08:00 UTC+8 on T+1, every day, also when empty: count 0, amount 0, direction `D`.',
        [REPORTS, 'makes the files of the day before at 08:00 in UTC+8, also of an empty day'],
      ],
      [
        'A clearing day is 00:00 to 23:59:59 in UTC+8.',
        [REPORT_RULES, 'begin at 00:00 in UTC+8, and their files come at 08:00 of the next'],
      ],
      [
        'Settlement files on T+2, on business days only.',
        [REPORTS, 'takes a payment into the day of its time, and the settlement two days later, never at a weekend'],
      ],
      ['Public holidays.', 'They differ by country and year; weekends alone are out.'],
      ['Settlement on T+1 for some participants.', 'Every participant of the sandbox is settled on T+2.'],
      ['Names, folders and `seq` of the network.', [REPORT_RULES, 'names and folders are those of the network']],
      [
        'Only successful payments and refunds, without what was cancelled.',
        [REPORTS, 'holds the paid payments and the refunds, and adds up in all its files'],
      ],
      [
        'Detail, fee and settlement files have a summary section, which begins with `totalCount`.',
        [REPORT_RULES, 'nothing at all is no money, and debit'],
      ],
      [
        'Interchange and service fee are taken; a refund gives interchange back, and the service fee not.',
        [REPORT_RULES, 'a payment is credit, its fees and refunds are debit'],
      ],
      ['Separate files for AlipayCN.', 'The Test Wallet plays every wallet, under one agreement.'],
      ['Kept for seven days.', [REPORTS, 'lets a file go after seven days, with its pieces']],
      ['Fetched over SFTP.', [SFTP, 'fetches a report, and what it holds adds up to the payments']],
      [
        'An SFTP account that is idle for 90 days is disabled, and addresses are allowed one by one.',
        'That is production’s; the sandbox’s server is read with test data only.',
      ],
      [
        'Files of AMS: `transactionItems_<date>_<seq>.csv`, `settlementItems_…`, with `&lt;END>`.'.replace('&lt;', '<'),
        'Participants of the sandbox reconcile with the files of APS.',
      ],
    ],
  },
  {
    letter: 'W',
    title: 'Agreements, wallets, and the rest',
    rows: [
      [
        'APS: `prepare`, the payer agrees, `applyToken` by code and by refresh token, `cancelToken`.',
        [AGREEMENTS, 'are refreshed: the new ones work, the old ones do not'],
      ],
      ['AMS: `consult`, `applyToken`, `revoke`.', [AGREEMENTS, 'AMS: consult, applyToken, pay and revoke']],
      ['AMS: `authorizations/query`.', 'No client library in use calls it.'],
      [
        '`getPaymentCode` gives codes for a minute, good once, and for those who are joined.',
        [WALLETS, 'a code is good once, for a minute, and for those who are joined'],
      ],
      [
        '`userInitiatedPay` of a wallet says what is to be paid for a code that its payer has read.',
        [WALLETS, 'it learns what is to be paid, tells how that went'],
      ],
      [
        '`notifyPayment` of a wallet tells how that went; the same outcome again is taken, another one refused.',
        [WALLETS, 'it learns what is to be paid, tells how that went'],
      ],
      [
        'The gateway calls a wallet’s `pay`; its outcome is that of the acquirer’s `pay`.',
        [WALLETS, 'the wallet is asked to pay, and says so'],
      ],
      [
        'Without an answer the gateway calls a wallet’s `inquiryPayment` until it is final.',
        [WALLETS, 'the wallet gives no answer: the payment is in process, and the inquiry decides'],
      ],
      [
        'An answer that the wallet did not sign is none.',
        [WALLETS, 'an answer that the wallet did not sign is no answer'],
      ],
      [
        'The gateway calls a wallet’s `cancelPayment` and `refund` until it takes them.',
        [WALLETS, 'a cancel and a refund of the acquirer reach the wallet'],
      ],
      [
        'An acquirer partner and a wallet partner pay each other.',
        ['test/pair.test.ts', 'the shop reads the code of a payer: paid at once, refunded, cancelled'],
      ],
      ['`inquiryCodeRules`.', 'Whose a code is, the sandbox knows by its pairs; there is no client library to be fed.'],
      [
        '`registration` and `inquiryRegistrationStatus` in both families, and `notifyRegistrationStatus`.',
        [REGISTRATIONS, 'a merchant is registered, inquired, decided by the clock of the sandbox, and told'],
      ],
      [
        'A registration has its id for ever; a merchant is updated after 30 minutes at the earliest.',
        [REGISTRATIONS, 'the same request again is the same; the same merchant is registered anew'],
      ],
      [
        '`initiateRetrieval` tells the acquirer, `responseRetrieval` answers; an answer stands.',
        [DISPUTES, 'asks what a payment was for; the acquirer is told, answers, and the payer reads it'],
      ],
      [
        '`initiateEscalation` and `responseEscalation`: at most what is disputed is given back.',
        [DISPUTES, 'wants money back: how much the acquirer gives'],
      ],
      [
        'One open dispute of a kind, five retrievals, two escalations, 360 days.',
        [DISPUTES, 'has one open at a time, two escalations and five retrievals'],
      ],
      [
        'A wallet opens disputes by the network’s id of the payment, and is told the answer by its own id.',
        [DISPUTES, 'a wallet partner opens a dispute in its own words'],
      ],
      ['`declare`, `inquireDeclarationRequests`.', 'Customs are outside of what the center tests.'],
    ],
  },
]

export function conformancePage(): string {
  const proofOf = (proof: Row[1]) =>
    typeof proof === 'string' ? `Not: ${proof}` : `\`${proof[0]}\`: ${proof[1].replaceAll('`', '')}`
  return page(
    'Conformance',
    'The wire protocol as numbered rows. Beside each stands the test of the source that proves it, by file and title, or the reason why the gateway does not do it. A test of its own reads this page, so that no row goes without either.',
    ...SECTIONS.flatMap(({ letter, title, rows }) => [
      `## ${title}`,
      table(
        ['Row', 'Rule', 'Proof'],
        rows.map(([rule, proof], at) => [`${letter}${at + 1}`, rule, proofOf(proof)]),
      ),
    ]),
  )
}
