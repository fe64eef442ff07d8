import { Link } from 'wouter'
import classes from './merchant.module.css'

type Props = { label: string; items: { name: string; href: string; isChosen: boolean }[] }

/** A few ways to see a page, side by side: each is an address. */
export function Choice({ label, items }: Props) {
  return (
    <nav className={classes.choice} aria-label={label}>
      {items.map(({ name, href, isChosen }) => (
        <Link key={name} href={href} replace aria-current={isChosen ? 'true' : undefined}>
          {name}
        </Link>
      ))}
    </nav>
  )
}

/** The address of the page with something in it changed. */
export function addressWith(search: URLSearchParams, change: Record<string, string>): Record<string, string> {
  const { authCode: _code, authState: _state, ...kept } = Object.fromEntries(search)
  return { ...kept, ...change }
}
