import { Link } from 'wouter'
import { PRODUCTS } from '../../../rules/products.ts'
import { transactionWords } from '../../../rules/test-merchant.ts'
import type { At } from '../../page.ts'
import { paths } from '../../paths.ts'
import { Moment } from '../../ui/Moment.tsx'
import { productWords } from '../../words.ts'
import { shown } from './amounts.ts'
import { addressWith, Choice } from './Choice.tsx'
import classes from './merchant.module.css'
import type { Transaction } from './merchant.ts'
import type { Chosen } from './merchant.ts'
import { texts } from './texts.ts'
import { TransactionDetails } from './TransactionDetails.tsx'

type Props = Chosen & { at: At; items: readonly Transaction[] }

/** The payments of the application under the four words of a merchant; one of them opened. */
export function Transactions({ at, items, ...chosen }: Props) {
  const { applicationId } = chosen
  const word = transactionWords.find((one) => one === at.search.get('word'))
  const to = (change: Record<string, string>) => paths.testMerchant(applicationId, addressWith(at.search, change))
  const filters = [
    { name: texts.all, href: to({ word: '', payment: '' }), isChosen: word === undefined },
    ...transactionWords.map((one) => ({
      name: texts.words[one],
      href: to({ word: one, payment: '' }),
      isChosen: one === word,
    })),
  ]
  const opened = at.search.get('payment')
  return (
    <section className={classes.section} aria-label={texts.transactions}>
      <h2>{texts.transactions}</h2>
      <Choice label={texts.transactions} items={filters} />
      {items.length === 0 && (
        <p className="muted">{word === undefined ? texts.none : texts.noneOf(texts.words[word])}</p>
      )}
      <ul className={classes.list}>
        {items.map((item) => {
          const isOpen = item.paymentId === opened
          return (
            <li key={item.paymentId}>
              <Link
                className={classes.payment}
                href={to({ payment: isOpen ? '' : item.paymentId })}
                replace
                aria-expanded={isOpen}
              >
                <Summary item={item} />
              </Link>
              {isOpen && <TransactionDetails {...chosen} item={item} />}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Summary({ item }: { item: Transaction }) {
  const more = texts.states[item.state as keyof typeof texts.states]
  const product = item.product in PRODUCTS ? productWords(item.product).title : item.product
  return (
    <>
      <span className={classes.what}>
        <strong className="break">{item.title}</strong>
        <span className="muted small">{product}</span>
        <span className="muted small">
          <Moment at={item.createdAt} within />
        </span>
      </span>
      <span className={classes.much}>
        <strong>{shown(item.amount)}</strong>
        <span className={classes.word} data-word={item.word}>
          {texts.words[item.word]}
        </span>
        {more && <span className="muted small">{more}</span>}
      </span>
    </>
  )
}
