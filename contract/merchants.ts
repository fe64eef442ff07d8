/** Merchants of an application: the list, invitations, and the file by which many are added. */
import * as z from 'zod'
import { caseIds } from '../rules/acceptance.ts'
import { payerOutcomes } from '../rules/acceptance/case.ts'
import { MERCHANT } from '../rules/limits.ts'
import { invitationStates, MID_PATTERN, merchantStatuses, templateColumns } from '../rules/merchant.ts'
import { productIds } from '../rules/products.ts'
import { ApplicationId } from './applications.ts'
import { endpoint } from './endpoint.ts'
import { Done, Email, FileAnswer, FileBody, Id, Instant, Line, PAGE_LIMIT } from './wire.ts'

const MerchantId = z.strictObject({ applicationId: Id('app'), merchantId: Id('mer') })

export const MerchantName = Line(1, MERCHANT.nameMax)
export const Mid = z
  .string()
  .trim()
  .min(1, 'is needed')
  .max(MERCHANT.midMax, `at most ${MERCHANT.midMax} characters`)
  .regex(MID_PATTERN, 'letters, digits, ".", "_" and "-", beginning with a letter or digit')
const Products = z
  .array(z.enum(productIds))
  .min(1, 'at least one product')
  .refine((list) => new Set(list).size === list.length, 'each product once')

export const MerchantView = z.object({
  id: Id('mer'),
  name: z.string(),
  mid: z.string(),
  email: z.string(),
  products: z.array(z.enum(productIds)),
  status: z.enum(merchantStatuses),
  /** Why it failed, in the words of the mail server; or what else is worth knowing. Null: nothing is. */
  remarks: z.string().nullable(),
  invitation: z.object({
    state: z.enum(invitationStates),
    invitedBy: z.string().nullable(),
    sentAt: Instant.nullable(),
    expiresAt: Instant.nullable(),
    openedAt: Instant.nullable(),
    acceptedAt: Instant.nullable(),
    /** Tries to hand the mail to the mail server, and when the next one is due. */
    attempts: z.number(),
    nextAttemptAt: Instant.nullable(),
    /** The connection broke after the mail was handed over: it may arrive twice, as one message. */
    perhapsTwice: z.boolean(),
  }),
  /** The number with which the merchant logs in to the Test Wallet. */
  account: z.string(),
  firstLogInAt: Instant.nullable(),
  createdAt: Instant,
  createdBy: z.string(),
})
export type MerchantView = z.infer<typeof MerchantView>

const Filters = {
  /** `invited`: all that have been invited. */
  status: z.enum([...merchantStatuses, 'invited']).optional(),
  invitation: z.enum(invitationStates).optional(),
  product: z.enum(productIds).optional(),
  /** A part of the name, the MID or the address. */
  search: Line(1, 100).optional(),
}

export const listMerchants = endpoint({
  summary: 'The merchants of an application, by MID.',
  method: 'GET',
  path: '/applications/:applicationId/merchants',
  needs: 'merchant.invite',
  params: ApplicationId,
  query: z.strictObject({
    ...Filters,
    cursor: z.string().max(MERCHANT.midMax).regex(MID_PATTERN, 'the nextCursor of the page before').optional(),
    limit: PAGE_LIMIT,
  }),
  returns: z.object({
    applicationName: z.string(),
    products: z.array(z.enum(productIds)),
    items: z.array(MerchantView),
    nextCursor: z.string().nullable(),
    /** How many there are of each status, whatever the filters. */
    counts: z.record(z.enum(merchantStatuses), z.number()),
  }),
})

export const exportMerchants = endpoint({
  summary: 'The merchants that match, as CSV. Cells that a spreadsheet would take for a formula are made safe.',
  method: 'GET',
  path: '/applications/:applicationId/merchants.csv',
  needs: 'merchant.invite',
  params: ApplicationId,
  query: z.strictObject(Filters),
  returns: FileAnswer,
})

const CaseId = z.enum(caseIds as [string, ...string[]]) // the catalogue is never empty

const TestDataFilters = {
  search: Filters.search,
  product: Filters.product,
  /** Merchants with at least one case of this outcome. */
  outcome: z.enum(payerOutcomes).optional(),
}

export const listTestData = endpoint({
  summary: 'Test Data: what each merchant has brought about by its own payments, case by case, by MID.',
  method: 'GET',
  path: '/applications/:applicationId/test-data',
  needs: 'merchant.invite',
  params: ApplicationId,
  query: z.strictObject({
    ...TestDataFilters,
    cursor: z.string().max(MERCHANT.midMax).regex(MID_PATTERN, 'the nextCursor of the page before').optional(),
  }),
  returns: z.object({
    items: z.array(
      z.object({
        id: Id('mer'),
        name: z.string(),
        mid: z.string(),
        cases: z.array(
          z.object({
            id: CaseId,
            product: z.enum(productIds),
            outcome: z.enum(payerOutcomes),
            /** The rule that decided, or that is waited for; null where nothing has come. */
            message: z.string().nullable(),
            at: Instant.nullable(),
          }),
        ),
      }),
    ),
    nextCursor: z.string().nullable(),
  }),
})

export const exportTestData = endpoint({
  summary: 'Test Data that matches, as CSV: one row for each merchant and case.',
  method: 'GET',
  path: '/applications/:applicationId/test-data.csv',
  needs: 'merchant.invite',
  params: ApplicationId,
  query: z.strictObject(TestDataFilters),
  returns: FileAnswer,
})

export const inviteMerchant = endpoint({
  summary: 'Adds one merchant and sends the invitation.',
  method: 'POST',
  path: '/applications/:applicationId/merchants',
  needs: 'merchant.invite',
  params: ApplicationId,
  body: z.strictObject({ name: MerchantName, mid: Mid, email: Email, products: Products }),
  returns: MerchantView,
  refusals: ['merchant.mid_taken', 'merchant.too_many', 'merchant.product_absent', 'merchant.too_many_invitations'],
})

export const changeMerchant = endpoint({
  summary: 'Changes name, address and products. Another address voids the link that was sent, and gets a new one.',
  method: 'PATCH',
  path: '/applications/:applicationId/merchants/:merchantId',
  needs: 'merchant.invite',
  params: MerchantId,
  body: z.strictObject({ name: MerchantName, email: Email, products: Products }),
  returns: MerchantView,
  refusals: ['merchant.accepted', 'merchant.product_absent', 'merchant.too_many_invitations'],
})

export const removeMerchant = endpoint({
  summary: 'Removes a merchant: link and log-in end at once; what was paid stays in the log.',
  method: 'DELETE',
  path: '/applications/:applicationId/merchants/:merchantId',
  needs: 'merchant.invite',
  params: MerchantId,
  returns: Done,
})

export const sendMerchantInvitation = endpoint({
  summary:
    'Sends the invitation, or sends it again: the link before is void. A merchant who has accepted gets a link to set a new password.',
  method: 'POST',
  path: '/applications/:applicationId/merchants/:merchantId/invitation',
  needs: 'merchant.invite',
  params: MerchantId,
  returns: MerchantView,
  refusals: ['merchant.too_many_invitations'],
})

export const sendMerchantInvitations = endpoint({
  summary:
    'Sends the invitation to every merchant that was not invited yet. Called again, it goes on with those that are left.',
  method: 'POST',
  path: '/applications/:applicationId/merchants/invitations',
  needs: 'merchant.invite',
  params: ApplicationId,
  /** `left`: those that an allowance of the day has left out. */
  returns: z.object({ invited: z.number(), left: z.number() }),
  refusals: ['merchant.too_many_invitations'],
})

export const withdrawMerchantInvitation = endpoint({
  summary: 'Makes the link void. A mail that still waits is not sent.',
  method: 'DELETE',
  path: '/applications/:applicationId/merchants/:merchantId/invitation',
  needs: 'merchant.invite',
  params: MerchantId,
  returns: MerchantView,
  refusals: ['merchant.not_open'],
})

export const merchantLink = endpoint({
  summary: 'The link of the invitation, to be handed over in another way than by mail.',
  method: 'GET',
  path: '/applications/:applicationId/merchants/:merchantId/link',
  needs: 'merchant.invite',
  params: MerchantId,
  returns: z.object({ url: z.string(), account: z.string(), expiresAt: Instant }),
  refusals: ['merchant.not_open'],
})

const Preference = z.object({
  /** Whether the merchant gets the mail. Without it the colleagues hand the link over. */
  toMerchant: z.boolean(),
  copies: z.array(z.string()),
})

export const getInvitationPreference = endpoint({
  summary: 'To whom the invitations of an application go.',
  method: 'GET',
  path: '/applications/:applicationId/merchants/preference',
  needs: 'merchant.invite',
  params: ApplicationId,
  returns: Preference,
})

export const setInvitationPreference = endpoint({
  summary:
    'Chooses to whom invitations go from now on: the merchant, colleagues in copy, or both. Colleagues are active members of the organisation.',
  method: 'PUT',
  path: '/applications/:applicationId/merchants/preference',
  needs: 'merchant.invite',
  params: ApplicationId,
  body: z.strictObject({
    toMerchant: z.boolean(),
    copies: z
      .array(Email)
      .max(MERCHANT.copiesMax, `at most ${MERCHANT.copiesMax} addresses`)
      .refine((list) => new Set(list.map((email) => email.toLowerCase())).size === list.length, 'each address once'),
  }),
  returns: Preference,
  refusals: ['merchant.no_recipient', 'merchant.copy_not_colleague'],
})

// ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

export const merchantTemplate = endpoint({
  summary: 'The template for a list of merchants.',
  method: 'GET',
  path: '/applications/:applicationId/merchants/template',
  needs: 'merchant.invite',
  params: ApplicationId,
  query: z.strictObject({ format: z.enum(['xlsx', 'csv']).default('xlsx') }),
  returns: FileAnswer,
})

/** What is wrong with one cell. */
const CellFault = z.object({
  row: z.number(),
  /** Such as B7. */
  cell: z.string(),
  column: z.enum(templateColumns),
  /** What stands there. */
  value: z.string(),
  message: z.string(),
})

/** A merchant that is there already, and would be another afterwards. */
const Change = z.object({
  row: z.number(),
  mid: z.string(),
  fields: z.array(z.object({ column: z.enum(templateColumns), before: z.string(), after: z.string() })),
})

export const ImportView = z.object({
  rows: z.number(),
  added: z.number(),
  changed: z.number(),
  /** There already, with the same values. */
  same: z.number(),
  /** Rows with a fault. */
  failed: z.number(),
  faults: z.array(CellFault),
  changes: z.array(Change),
})
export type ImportView = z.infer<typeof ImportView>

const FileName = z.string().min(1).max(255)
const FILE_REFUSALS = [
  'upload.not_bytes',
  'upload.empty',
  'upload.wrong_type',
  'upload.old_workbook',
  'upload.damaged',
  'upload.too_much',
  'upload.wrong_encoding',
  'upload.wrong_headers',
  'upload.no_rows',
  'upload.too_many_rows',
  'server.busy',
] as const

export const checkMerchantFile = endpoint({
  summary: 'A dry run: what a file would do, with every fault at its cell. Stores nothing.',
  method: 'POST',
  path: '/applications/:applicationId/merchant-files/check',
  needs: 'merchant.invite',
  params: ApplicationId,
  query: z.strictObject({ name: FileName }),
  body: FileBody,
  returns: ImportView,
  unrecorded: 'It stores nothing.',
  refusals: FILE_REFUSALS,
})

export const storeMerchantFile = endpoint({
  summary:
    'Stores the merchants of a file, all or none, and mails nobody. The same file again changes nothing. Rows with faults refuse the whole, unless they are to be left out.',
  method: 'POST',
  path: '/applications/:applicationId/merchant-files',
  needs: 'merchant.invite',
  params: ApplicationId,
  query: z.strictObject({ name: FileName, leaveOutFailed: z.enum(['yes', 'no']).default('no') }),
  body: FileBody,
  returns: ImportView,
  refusals: [...FILE_REFUSALS, 'upload.has_faults', 'merchant.too_many'],
})

export const failedMerchantRows = endpoint({
  summary:
    'The rows of a file that have faults, as a file of the same format with the reasons: to be corrected and sent again.',
  method: 'POST',
  path: '/applications/:applicationId/merchant-files/failed',
  needs: 'merchant.invite',
  params: ApplicationId,
  query: z.strictObject({ name: FileName }),
  body: FileBody,
  returns: FileAnswer,
  unrecorded: 'It stores nothing.',
  refusals: FILE_REFUSALS,
})
