import { AGREED_INPUTS } from '../../rules/simulator.ts'
import { page, table } from './text.ts'

export function agreedInputsPage(): string {
  return page(
    'Agreed inputs',
    'Amounts that make the sandbox behave in a certain way, in any currency: a `paymentAmount.value` of `9905` is 99.05 USD or 9,905 JPY. Where `pay` has a `payToAmount`, its value counts instead. Every other amount succeeds. How to use them: [Simulator](../guide/simulator).',
    'Seconds in which the wallet takes its time run by the [clock of the sandbox](../guide/simulator#the-clock-of-the-sandbox), which you can move. Answers that come too late are late in real time.',
    table(
      ['Value', 'What', 'Cashier Payment, Merchant-presented Mode Payment', 'User-presented Mode Payment, Auto Debit'],
      AGREED_INPUTS.map(({ value, title, cashier, userPresented }) => [`\`${value}\``, title, cashier, userPresented]),
    ),
    'The first four are the same as those of the public in-store client library. The others are ours.',
  )
}
