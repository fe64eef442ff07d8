/** Registration of merchants with the wallets, the same in both families. Stated in docs/guide/register-merchants.md. */
import * as z from 'zod'
import { maybe, optional, required } from './gateway.ts'

const PRODUCT_CODES = ['CASHIER_PAYMENT', 'AGREEMENT_PAYMENT', 'IN_STORE_PAYMENT'] as const
export type ProductCode = (typeof PRODUCT_CODES)[number]

const ProductCodes = z
  .array(z.enum(PRODUCT_CODES, `must be ${PRODUCT_CODES.join(', ')}`), 'must be a list of product codes')
  .min(1, 'must name a product')
  .max(PRODUCT_CODES.length, `at most ${PRODUCT_CODES.length} product codes`)

/** Only what decides is read; details of a registration are taken as they are. */
export const RegistrationRequest = z
  .object(
    {
      registrationRequestId: required(64),
      productCodes: ProductCodes,
      merchantInfo: z.object(
        {
          referenceMerchantId: required(64),
          merchantMCC: required(4).refine((mcc) => /^\d{4}$/.test(mcc), 'must be four digits'),
          merchantDisplayName: maybe(64),
        },
        'must be an object',
      ),
      storeInfo: optional(z.object({ referenceStoreId: required(32), storeName: maybe(256) }, 'must be an object')),
    },
    'must be a JSON object',
  )
  .refine(({ productCodes, storeInfo }) => storeInfo || !productCodes.includes('IN_STORE_PAYMENT'), {
    message: 'is needed for IN_STORE_PAYMENT',
    path: ['storeInfo'],
  })
  .refine(
    ({ productCodes, merchantInfo }) =>
      merchantInfo.merchantDisplayName || !productCodes.some((code) => code !== 'IN_STORE_PAYMENT'),
    { message: 'is needed for payments online', path: ['merchantInfo', 'merchantDisplayName'] },
  )
export type RegistrationRequest = z.output<typeof RegistrationRequest>

/** By the id of the request; or by merchant, and store where there is one: then the newest. */
export const RegistrationInquiry = z
  .object(
    { registrationRequestId: maybe(64), referenceMerchantId: maybe(64), referenceStoreId: maybe(32) },
    'must be a JSON object',
  )
  .refine(({ registrationRequestId, referenceMerchantId }) => registrationRequestId || referenceMerchantId, {
    message: 'registrationRequestId or referenceMerchantId is needed',
    path: ['registrationRequestId'],
  })
export type RegistrationInquiry = z.output<typeof RegistrationInquiry>
