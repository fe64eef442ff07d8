/** Every page of the console with somebody who may see it: what the screenshots and the accessibility check walk through. */
import type { Page } from '@playwright/test'
import type { Demo } from './demo.ts'

export type Visited = {
  name: string
  path: string
  who: 'nobody' | 'ada' | 'ben' | 'mei' | 'tom' | 'sofia'
  /** What is done on the page before it is looked at: a dialog is opened. */
  act?: (page: Page) => Promise<unknown>
}

/** What pages are about; `invitation` and `payment` are paths. */
export type Ids = Record<'partner' | 'launchRequest' | 'exchange' | 'refused' | 'invitation' | 'payment', string>

/** Presses the first button whose name is one of these, by language. */
const press =
  (...names: readonly RegExp[]) =>
  async (page: Page) => {
    for (const name of names) {
      await page.getByRole('button', { name }).first().click()
      await page.getByRole('dialog').last().waitFor()
    }
  }

export function pagesOf({ applicationId, launchedId, inReviewId, walletUrl }: Demo, ids: Ids): Visited[] {
  const application = `/applications/${applicationId}`
  const exchange = (tab: string) => `${application}/requests?exchange=${ids.exchange}&tab=${tab}`
  return [
    { name: 'log-in', path: '/login', who: 'nobody' },
    { name: 'reset', path: '/reset', who: 'nobody' },
    { name: 'reset-code', path: '/reset/code', who: 'nobody' },
    { name: 'reset-password', path: '/reset/password', who: 'nobody' },
    { name: 'activate', path: '/activate', who: 'nobody' },
    { name: 'join', path: ids.invitation, who: 'nobody' },
    { name: 'join-unknown', path: '/join', who: 'nobody' },
    { name: 'start-over', path: '/start', who: 'nobody' },
    { name: 'pay', path: ids.payment, who: 'nobody' },
    { name: 'not-found', path: '/nowhere', who: 'nobody' },
    { name: 'wallet', path: new URL(walletUrl).pathname, who: 'nobody' },
    { name: 'home', path: '/', who: 'ada' },
    { name: 'home-merchants', path: '/', who: 'mei' },
    { name: 'home-trial', path: '/', who: 'tom' },
    { name: 'applications', path: '/applications', who: 'ada' },
    { name: 'applications-empty', path: '/applications', who: 'tom' },
    { name: 'no-permission', path: '/applications', who: 'mei' },
    { name: 'application-new', path: '/applications/new', who: 'ada' },
    { name: 'application', path: application, who: 'ada' },
    { name: 'sandbox', path: `${application}/sandbox`, who: 'ada' },
    { name: 'sandbox-key', path: `${application}/sandbox?edit=key`, who: 'ada' },
    { name: 'sandbox-proof', path: `${application}/sandbox`, who: 'ada', act: setNewKey },
    { name: 'itest', path: `${application}/itest`, who: 'ada' },
    { name: 'itest-again', path: `${application}/itest?exchange=${ids.exchange}`, who: 'ada' },
    { name: 'test-merchant', path: `${application}/test-merchant`, who: 'ada' },
    {
      name: 'test-merchant-order',
      path: `${application}/test-merchant?way=key`,
      who: 'ada',
      act: (page) => makeOrder(page),
    },
    { name: 'test-merchant-store', path: `${application}/test-merchant?store=S-0001`, who: 'ada' },
    { name: 'test-merchant-code', path: `${application}/test-merchant?order=entry_code`, who: 'ada' },
    { name: 'test-merchant-details', path: `${application}/test-merchant`, who: 'ada', act: openTransaction },
    { name: 'imock', path: `${application}/imock`, who: 'ada' },
    { name: 'inotify', path: `${application}/inotify`, who: 'ada' },
    { name: 'diagnosis', path: `${application}/diagnosis`, who: 'ada' },
    { name: 'diagnosis-none', path: `${application}/diagnosis?search=nothing-like-this`, who: 'ada' },
    { name: 'requests', path: `${application}/requests`, who: 'ada' },
    { name: 'requests-none', path: `${application}/requests?search=nothing-like-this`, who: 'ada' },
    ...['summary', 'request', 'response', 'signature', 'related'].map(
      (tab): Visited => ({ name: `request-${tab}`, path: exchange(tab), who: 'ada' }),
    ),
    {
      name: 'request-doctor',
      path: `${application}/requests?exchange=${ids.refused}&tab=signature`,
      who: 'ada',
      act: (page) => page.getByRole('tab', { name: 'Node' }).waitFor(),
    },
    { name: 'doctor', path: `${application}/doctor`, who: 'ada' },
    { name: 'notifications', path: `${application}/notifications`, who: 'ada' },
    { name: 'notification', path: `${application}/notifications`, who: 'ada', act: openFirstRow },
    { name: 'inbox-none', path: `${application}/inbox?search=nothing-like-this`, who: 'ada' },
    { name: 'inbox', path: `${application}/inbox`, who: 'ada', act: keepInInbox },
    ...['request', 'signature', 'answer', 'send'].map(
      (tab): Visited => ({ name: `inbox-${tab}`, path: `${application}/inbox?tab=${tab}`, who: 'ada', act: openKept }),
    ),
    { name: 'reports', path: `${application}/reports`, who: 'ada' },
    {
      name: 'dialog-resend-matching',
      path: `${application}/notifications`,
      who: 'ada',
      act: press(/^(Send all that match again|重新发送所有匹配的通知)$/),
    },
    { name: 'acceptance', path: `${application}/acceptance`, who: 'ada' },
    { name: 'acceptance-case', path: `${application}/acceptance?case=cashier.notification_forged`, who: 'ben' },
    { name: 'acceptance-report', path: `${application}/acceptance/report`, who: 'ada' },
    { name: 'merchants-data', path: `${application}/merchants?tab=data`, who: 'mei' },
    { name: 'dialog-test-data', path: `${application}/merchants?tab=data`, who: 'ada', act: openMerchant },
    { name: 'merchants', path: `${application}/merchants`, who: 'ada' },
    { name: 'merchants-list', path: `${application}/merchants?tab=list`, who: 'mei' },
    { name: 'merchants-none', path: `${application}/merchants?search=nothing-like-this`, who: 'ada' },
    { name: 'merchants-preference', path: `${application}/merchants?tab=preference`, who: 'ada' },
    { name: 'merchants-empty', path: '/merchants', who: 'tom' },
    { name: 'dialog-invite-merchant', path: `${application}/merchants?add=one`, who: 'ada' },
    { name: 'dialog-import', path: `${application}/merchants?add=file`, who: 'ada', act: chooseFile },
    { name: 'dialog-merchant', path: `${application}/merchants`, who: 'ada', act: openMerchant },
    { name: 'wallet-join', path: '/wallet/join', who: 'nobody' },
    { name: 'wallet-login', path: '/wallet/login', who: 'nobody' },
    { name: 'production', path: `${application}/production`, who: 'ada' },
    { name: 'production-key', path: `${application}/production?edit=key`, who: 'ada' },
    { name: 'production-proof', path: `${application}/production`, who: 'ada', act: setNewKey },
    { name: 'production-launched', path: `/applications/${launchedId}/production`, who: 'ada' },
    { name: 'dialog-retire', path: `/applications/${launchedId}/production`, who: 'ada', act: press(/^(Retire|停用)/) },
    { name: 'launch', path: `${application}/launch`, who: 'ada' },
    { name: 'launch-developer', path: `${application}/launch`, who: 'ben' },
    { name: 'launch-in-review', path: `/applications/${inReviewId}/launch`, who: 'ada' },
    { name: 'launch-launched', path: `/applications/${launchedId}/launch`, who: 'ada' },
    { name: 'uat', path: `/applications/${launchedId}/uat`, who: 'ada' },
    { name: 'launch-requests', path: '/staff/launch-requests', who: 'sofia' },
    { name: 'launch-requests-none', path: '/staff/launch-requests?state=withdrawn', who: 'sofia' },
    { name: 'launch-request', path: `/staff/launch-requests/${ids.launchRequest}`, who: 'sofia' },
    {
      name: 'dialog-confirm-launch',
      path: `/staff/launch-requests/${ids.launchRequest}`,
      who: 'sofia',
      act: press(/^(Confirm launch|确认上线)$/),
    },
    { name: 'dialog-modify', path: application, who: 'ada', act: press(/^(Modify|修改)$/) },
    { name: 'dialog-delete', path: application, who: 'ada', act: press(/^(Delete|删除)$/) },
    { name: 'dialog-clock', path: `${application}/sandbox`, who: 'ada', act: press(/^1 (day|天)$/) },
    { name: 'dialog-member', path: '/members', who: 'ada', act: press(/Ben Okafor/) },
    { name: 'dialog-remove', path: '/members', who: 'ada', act: press(/Ben Okafor/, /^(Remove|移除)$/) },
    { name: 'dialog-proof', path: '/members', who: 'ada', act: askForProof },
    { name: 'palette', path: '/', who: 'ada', act: press(/^(Search pages|搜索页面)/) },
    { name: 'palette-found', path: '/', who: 'ada', act: search('log') },
    { name: 'shortcuts', path: '/', who: 'ada', act: showShortcuts },
    { name: 'menu', path: '/', who: 'ada', act: openMenu },
    { name: 'members-refused', path: '/members', who: 'ben' },
    {
      name: 'home-developer',
      path: '/',
      who: 'ben',
      act: (page) =>
        page
          .getByText(/^(Create application|创建应用)$/i)
          .first()
          .hover(),
    },
    { name: 'members', path: '/members', who: 'ada' },
    { name: 'security', path: '/security', who: 'ada' },
    { name: 'partners', path: '/staff/partners', who: 'sofia' },
    { name: 'partner-new', path: '/staff/partners/new', who: 'sofia' },
    { name: 'partner', path: `/staff/partners/${ids.partner}`, who: 'sofia' },
    { name: 'partners-none', path: '/staff/partners?search=nothing-like-this', who: 'sofia' },
    { name: 'partners-trial', path: '/staff/partners?trial=ending', who: 'sofia' },
    { name: 'partner-trial', path: '/staff/partners?trial=ending', who: 'sofia', act: openPartnerOf('Brightlane') },
    {
      name: 'dialog-extend',
      path: '/staff/partners?trial=ending',
      who: 'sofia',
      act: openPartnerOf('Brightlane', /^(Extend|延长)$/),
    },
    {
      name: 'dialog-convert',
      path: '/staff/partners?trial=ending',
      who: 'sofia',
      act: openPartnerOf('Brightlane', /^(Take under contract|转为合同)$/),
    },
    {
      name: 'dialog-types',
      path: `/staff/partners/${ids.partner}`,
      who: 'sofia',
      act: press(/^(Change the contract|更改合同)$/),
    },
    {
      name: 'dialog-fees',
      path: `/staff/partners/${ids.partner}`,
      who: 'sofia',
      act: press(/^(Change the fees of Cashier Payment|更改收银台支付的费用)$/),
    },
    {
      name: 'dialog-off-line',
      path: `/staff/partners/${ids.partner}`,
      who: 'sofia',
      act: press(/^(Take off line: |将 .* 下线$)/),
    },
    { name: 'mail', path: '/staff/mail', who: 'sofia' },
    { name: 'mail-refused', path: '/staff/mail?state=refused', who: 'sofia' },
    { name: 'mail-none', path: '/staff/mail?address=nothing-like-this', who: 'sofia' },
    { name: 'staff', path: '/staff/people', who: 'sofia' },
    { name: 'dialog-staff', path: '/staff/people', who: 'sofia', act: press(/Ines Duarte/) },
    { name: 'staff-audit', path: '/staff/audit', who: 'sofia' },
    { name: 'staff-audit-partner', path: `/staff/audit?chain=${ids.partner}`, who: 'sofia' },
    { name: 'audit', path: '/audit', who: 'ada' },
    { name: 'dialog-audit', path: '/audit', who: 'ada', act: openEntry },
    { name: 'audit-none', path: '/audit?object=nothing-like-this', who: 'ada' },
    { name: 'audit-refused', path: '/audit', who: 'ben' },
  ]
}

const search = (words: string) => async (page: Page) => {
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').waitFor()
  await page.keyboard.type(words) // typed, because what moves then is no fault
}

const showShortcuts = async (page: Page) => {
  await page.keyboard.press('?')
  await page.getByRole('dialog').waitFor()
}

/** A list in which not everything is right. */
const chooseFile = async (page: Page) => {
  const text =
    'Merchant name,MID,E-mail,Products\nPier Books,PB-0042,shop@pier-books.example,\nGull,GULL 1,nobody,Gold\n'
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: 'merchants.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  await page.getByRole('table', { name: /^(Faults|错误)$/ }).waitFor()
}

/** A key that waits for its proof. Set once, it is there on the next visit. */
const setNewKey = async (page: Page) => {
  const proof = page.getByRole('heading', { name: /^(Prove version|证明第)/ })
  if (await proof.isVisible()) return
  await page.goto(`${page.url()}?edit=key`)
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: /^(Make a key pair|在此浏览器中生成)/ }).click()
  await saving
  await page.getByRole('button', { name: /^(Submit|提交)$/ }).click()
  await proof.waitFor()
}

const openPartnerOf =
  (name: string, ...buttons: readonly RegExp[]) =>
  async (page: Page) => {
    await page.getByRole('link', { name }).click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
    await press(...buttons)(page)
  }

const openEntry = async (page: Page) => {
  await page.getByRole('table').getByRole('link').first().click()
  await page.getByRole('dialog').waitFor()
}

const makeOrder = async (page: Page) => {
  await page.getByRole('button', { name: /^(Make the order|下单)$/ }).click()
  await page.getByRole('img', { name: /^(The payment page|付款页面)/ }).waitFor()
}

const openTransaction = async (page: Page) => {
  const list = page.getByRole('region', { name: /^(Transactions|交易)$/ })
  await list.getByRole('listitem').getByRole('link').first().click()
  await list.getByRole('button', { name: /^(Query|查询)$/ }).waitFor()
  await list
    .getByText(/verified|已验签/)
    .first()
    .waitFor()
}

const openMerchant = async (page: Page) => {
  await page.getByRole('link', { name: 'Harbour Theatre' }).click()
  await page.getByRole('dialog').waitFor()
}

/** A call that is made up and kept; there from then on. */
const keepInInbox = async (page: Page) => {
  const inbox = page.url()
  const first = page.getByRole('table').getByRole('link').first()
  await page.getByRole('heading', { level: 1, name: /^(Inbox|收件箱)$/ }).waitFor()
  if (await first.isVisible()) return
  await page.goto(inbox.replace(/\/inbox.*/, '/inotify'))
  await page.getByLabel(/^(URL|地址)$/).fill('inbox:/notify?shop=7')
  await page.getByRole('button', { name: /^(Send|发送)$/, exact: true }).click()
  await page.getByText(/^(Kept in the inbox|保存在收件箱)$/).waitFor()
  await page.goto(inbox)
  await first.waitFor()
}

const openKept = async (page: Page) => {
  await keepInInbox(page)
  await openFirstRow(page)
}

const openFirstRow = async (page: Page) => {
  await page.getByRole('table').getByRole('link').first().click()
  await page
    .getByRole('region')
    .filter({ has: page.getByRole('button', { name: /^(Close|关闭)/ }) })
    .waitFor()
}

/** A phone has a button for it. */
const openMenu = async (page: Page) => {
  const button = page.getByRole('button', { name: /^(Open menu|打开菜单)$/ })
  if (await button.isVisible()) await button.click()
}

/** The session is young, so the server would not ask. */
const askForProof = async (page: Page) => {
  const json = { code: 'session.proof_needed', title: '', remedy: '', requestId: '' }
  await page.route('**/api/members/*/sessions', (route) => route.fulfill({ status: 403, json }))
  await press(/Ben Okafor/, /^(Log out everywhere|在所有位置退出)/)(page)
}
