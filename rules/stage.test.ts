import { describe, expect, test } from 'vitest'
import { STAGES, type StagedApplication, type StageFacts, stageOf, stages, trialState } from './stage.ts'
import { STAGES as ZH } from './zh/stage.ts'

const APPLICATION: StagedApplication = {
  id: 'a',
  name: 'Shop',
  createdAt: 30,
  keySetAt: null,
  verifiedAt: null,
  required: 8,
  passed: 0,
  lastPassAt: null,
  request: null,
  isLaunched: false,
  launchedAt: null,
}
const facts = (change: Partial<StageFacts>): StageFacts => ({
  openedAt: 1,
  accountAt: 10,
  activatedAt: 20,
  applications: [],
  ...change,
})
const having = (...changes: Partial<StagedApplication>[]) =>
  facts({ applications: changes.map((change) => ({ ...APPLICATION, ...change })) })
const passed = { keySetAt: 40, verifiedAt: 50, passed: 8, lastPassAt: 70 }

describe('the stage of a partner', () => {
  test.each([
    ['nothing but the partner', facts({ accountAt: null, activatedAt: null }), 'no_account', 1],
    ['an account that nobody has opened', facts({ activatedAt: null }), 'no_log_in', 10],
    ['somebody who has logged in', facts({}), 'no_application', 20],
    ['an application', having({}), 'no_key', 30],
    ['a key', having({ keySetAt: 40 }), 'no_call', 40],
    ['a verified call', having({ keySetAt: 40, verifiedAt: 50 }), 'testing', 50],
    ['some required cases', having({ ...passed, passed: 7 }), 'testing', 50],
    ['all required cases', having(passed), 'production', 70],
    [
      'products without required cases',
      having({ ...passed, required: 0, passed: 0, lastPassAt: null }),
      'production',
      50,
    ],
    [
      'a launch that was asked for',
      having({ ...passed, request: { turn: 'center', since: 80 } }),
      'launch_requested',
      80,
    ],
    [
      'a launch that was sent back',
      having({ ...passed, request: { turn: 'partner', since: 85 } }),
      'launch_returned',
      85,
    ],
    ['a launch', having({ ...passed, isLaunched: true, launchedAt: 90 }), 'launched', 90],
    [
      'the application that is furthest, of several',
      having({}, { keySetAt: 40, verifiedAt: 50 }, { keySetAt: 41 }),
      'testing',
      50,
    ],
    [
      'an application that is launched, and another one that asks to be',
      having({ ...passed, isLaunched: true, launchedAt: 90 }, { ...passed, request: { turn: 'center', since: 95 } }),
      'launch_requested',
      95,
    ],
    [
      'an application that is launched, and another one in testing',
      having({ ...passed, isLaunched: true, launchedAt: 90 }, { ...passed, passed: 1 }),
      'launched',
      90,
    ],
  ] as const)('with %s', (_what, given, stage, since) => {
    expect(stageOf(given)).toMatchObject({ stage, since })
  })

  test('has words for every stage, in both languages', () => {
    expect(Object.keys(ZH)).toEqual(stages)
    for (const { title, blocks } of [...Object.values(STAGES), ...Object.values(ZH)]) {
      expect(title.length).toBeGreaterThan(1)
      expect(blocks).toMatch(/[.。]$/)
    }
  })
})

test.each([
  [79, 'running'],
  [80, 'ending'],
  [99, 'ending'],
  [100, 'over'],
] as const)('a trial that ends at 100 with a warning of 20 is, at %i, %s', (now, state) => {
  expect(trialState(100, now, 20)).toBe(state)
})
