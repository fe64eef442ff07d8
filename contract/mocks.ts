/** iMock: answers that a sandbox gives because they were asked for. Stated in docs/guide/tools.md. */
import * as z from 'zod'
import { MOCK } from '../rules/limits.ts'
import { MOCK_FIELD, MOCK_MINUTES, MOCK_MODES, mockableApis, mockableCodes } from '../rules/mock.ts'
import { ApplicationId } from './applications.ts'
import { endpoint } from './endpoint.ts'
import { Instant, Line } from './wire.ts'

const MockRule = z.strictObject({
  /** The interface, such as `payments/pay`, in both families. */
  api: z.enum(mockableApis),
  /** The field whose value decides, such as `paymentAmount.value`; null in the basic mode. */
  field: z.string().regex(MOCK_FIELD, 'names between full stops, such as paymentAmount.value').nullable(),
  /** Its value as text. */
  value: Line(0, MOCK.valueMax).nullable(),
  resultCode: z.enum(mockableCodes),
})

export const MockView = z.object({
  /** Null where it is off. */
  running: z
    .object({
      mode: z.enum(MOCK_MODES),
      /** In their order: the first that fits decides. */
      rules: z.array(MockRule),
      startedAt: Instant,
      startedBy: z.string(),
      /** From then on it is off. */
      endsAt: Instant,
    })
    .nullable(),
})
export type MockView = z.infer<typeof MockView>

export const getMock = endpoint({
  summary: 'What iMock does in a sandbox.',
  method: 'GET',
  path: '/applications/:applicationId/mock',
  needs: 'sandbox.develop',
  params: ApplicationId,
  returns: MockView,
})

export const startMock = endpoint({
  summary:
    'Starts iMock, or goes on with other rules: what ran before is over. It ends by itself. Calls without its three headers are answered as ever.',
  method: 'PUT',
  path: '/applications/:applicationId/mock',
  needs: 'sandbox.develop',
  params: ApplicationId,
  body: z.strictObject({
    mode: z.enum(MOCK_MODES),
    minutes: z.literal(MOCK_MINUTES, `must be ${MOCK_MINUTES.join(', ')}`),
    rules: z.array(MockRule).min(1, 'at least one rule').max(MOCK.rulesMax, `at most ${MOCK.rulesMax} rules`),
  }),
  returns: MockView,
  refusals: ['mock.rule_of_other_mode', 'mock.rule_twice'],
})

export const stopMock = endpoint({
  summary: 'Ends iMock at once.',
  method: 'DELETE',
  path: '/applications/:applicationId/mock',
  needs: 'sandbox.develop',
  params: ApplicationId,
  returns: MockView,
})
