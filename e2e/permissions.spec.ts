/**
 * The twelve permissions, each looked at by each of the four roles: what the role carries is open; what it does not carry is shown
 * disabled with the reason, or the page names the missing permission; and the request itself is refused by the server.
 */
import type { Locator, Page } from '@playwright/test'
import { CONSOLE_HEADER } from '../contract/endpoint.ts'
import { addProducts, createApplication } from '../contract/applications.ts'
import { openAccount } from '../contract/partners.ts'
import {
  type PartnerRole,
  partnerRoles,
  type Permission,
  permissions,
  permissionTitle,
  roleMay,
} from '../rules/roles.ts'
import { activated, integrateWith } from '../test/integration.ts'
import { expect, linkIn, logIn, test } from './center.ts'

/** `live` is launched, with a product that was added later. */
type Ids = { application: string; live: string }
type Look = {
  /** Where the permission is at work. */
  at: (ids: Ids) => string
  /** What carries it; a page as a whole where it is a right to look. */
  control?: (page: Page) => Locator
  /** What happens when it is pressed by whoever may. */
  opens?: (page: Page) => Locator
  /** The call behind it, without a right body: whoever may gets another refusal. */
  request: (ids: Ids) => readonly [method: string, path: string]
}

const of = ({ application }: Pick<Ids, 'application'>, page = '') => `/applications/${application}${page}`
const button = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name, exact: true }).first()
const link = (name: string) => (page: Page) => page.getByRole('link', { name, exact: true }).first()
const either = (name: string) => (page: Page) => button(name)(page).or(link(name)(page)).first()
const dialog = (page: Page) => page.getByRole('dialog')
const heading = (name: string) => (page: Page) => page.getByRole('heading', { level: 1, name })

const LOOKS: Record<Permission, Look> = {
  'application.create': {
    at: () => '/',
    control: either('Create Application'),
    opens: heading('Create Application'),
    request: () => ['POST', '/applications'],
  },
  'application.modify': {
    at: (ids) => of(ids),
    control: button('Modify'),
    opens: dialog,
    request: (ids) => ['PATCH', of(ids)],
  },
  'application.launch': {
    at: (ids) => of(ids, '/launch'),
    control: button('Launch'),
    request: (ids) => ['POST', of(ids, '/launch')],
  },
  'application.delete': {
    at: (ids) => of(ids),
    control: button('Delete'),
    opens: dialog,
    request: (ids) => ['DELETE', of(ids)],
  },
  'application.view': {
    at: () => '/applications',
    opens: heading('Applications'),
    request: () => ['GET', '/applications'],
  },
  'product.add': {
    at: (ids) => of(ids),
    control: button('Add product'),
    opens: dialog,
    request: (ids) => ['POST', of(ids, '/products')],
  },
  'product.remove': {
    at: (ids) => of(ids),
    control: button('Remove Cashier Payment'),
    opens: dialog,
    request: (ids) => ['DELETE', of(ids, '/products/cashier')],
  },
  'product.launch': {
    at: ({ live }) => of({ application: live }, '/launch'),
    control: button(/^Launch User-presented/),
    opens: dialog,
    request: ({ live }) => ['POST', of({ application: live }, '/launch/products')],
  },
  'sandbox.develop': {
    at: (ids) => of(ids, '/sandbox'),
    opens: heading('Settings'),
    request: (ids) => ['GET', of(ids, '/sandbox')],
  },
  'sandbox.test': {
    at: (ids) => of(ids, '/acceptance'),
    opens: heading('Acceptance tests'),
    request: (ids) => ['GET', of(ids, '/acceptance')],
  },
  'production.configure': {
    at: (ids) => of(ids, '/production'),
    opens: heading('Production settings'),
    request: (ids) => ['GET', of(ids, '/production')],
  },
  'merchant.invite': {
    at: (ids) => of(ids, '/merchants'),
    opens: heading('Merchants'),
    request: (ids) => ['GET', of(ids, '/merchants')],
  },
}

async function statusOf(
  page: Page,
  [method, path]: readonly [string, string],
): Promise<{ status: number; code: string }> {
  return page.evaluate(
    async ({ method, path, header }) => {
      const response = await fetch(`/api${path}`, {
        method,
        headers: { [header]: '1', 'content-type': 'application/json' },
        ...(method === 'GET' ? {} : { body: '{"nothing":"like this"}' }),
      })
      return { status: response.status, code: String((await response.json()).code) }
    },
    { method, path, header: CONSOLE_HEADER },
  )
}

/** Shown, not pressable, and its reason read out; where the whole page is closed, the page says which permission is missing. */
async function expectRefused(page: Page, permission: Permission, { control }: Look): Promise<void> {
  const closed = page.getByRole('heading', { level: 1, name: 'Your roles do not open this page' })
  const shown = control ? control(page) : closed
  await expect(closed.or(shown).first()).toBeVisible()
  if (await closed.isVisible()) {
    await expect(page.getByText(/^Your roles do not include “.+”\. Roles that do: /)).toBeVisible()
    return
  }
  await expect(shown).toBeDisabled()
  await expect(shown).toHaveAccessibleDescription(
    new RegExp(`Your roles do not include “${permissionTitle(permission)}”\\. Roles that do: Developer Admin`),
  )
}

async function expectAllowed(page: Page, { control, opens }: Look): Promise<void> {
  if (control) {
    await expect(control(page)).toBeVisible()
    await expect(control(page)).not.toHaveAccessibleDescription(/Your roles do not include/)
    if (opens) await control(page).click()
  }
  if (opens) await expect(opens(page)).toBeVisible()
}

test.describe('of the twelve permissions', () => {
  let ids: Ids
  const emailOf = (role: PartnerRole) => `${role.replaceAll('_', '-')}@partner.test`

  test.beforeAll(async ({ center }) => {
    const email = 'perm@network.test'
    const staff = await activated(center.origin, email, center.addStaff(email, 'Perm'))
    const name = 'developer-admin'
    const colleagues = partnerRoles.slice(1).map(emailOf)
    const { developer, application, server, partnerId } = await integrateWith(staff, center.mail, name, colleagues)
    await server.close()
    const products = ['cashier', 'user_presented'] as const
    const live = await developer.do(createApplication, {
      body: { name: 'Live', partnerType: 'acquirer', description: '', products: [...products] },
    })
    await developer.do(addProducts, {
      params: { applicationId: application.id },
      body: { products: ['user_presented'] },
    })
    // How an application is launched is another journey.
    await center.inDatabase(async (db) => {
      await db.updateTable('applications').set({ status: 'launched' }).where('id', '=', live.id).execute()
      await db
        .updateTable('application_products')
        .set({ status: 'launched' })
        .where('application_id', '=', live.id)
        .where('product', '=', 'cashier')
        .execute()
    })
    for (const role of partnerRoles.slice(1)) {
      const to = emailOf(role)
      await staff.do(openAccount, {
        params: { partnerId },
        body: { name: role, email: to, roles: [role] },
      })
      await activated(center.origin, to, linkIn((await center.mail.waitFor(to, /activate/)).text))
    }
    ids = { application: application.id, live: live.id }
  })

  for (const role of partnerRoles) {
    test(`${role} has what the table says, and is told about the rest`, async ({ page }) => {
      await logIn(page, emailOf(role))
      await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
      for (const permission of permissions) {
        await test.step(permission, async () => {
          const look = LOOKS[permission]
          await page.goto(look.at(ids))
          const { status, code } = await statusOf(page, look.request(ids))
          if (roleMay(role, permission)) {
            expect(code).not.toBe('permission.missing')
            await expectAllowed(page, look)
          } else {
            expect({ status, code }).toEqual({ status: 403, code: 'permission.missing' })
            await expectRefused(page, permission, look)
          }
        })
      }
    })
  }
})
