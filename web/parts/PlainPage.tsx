import type { ReactNode } from 'react'
import { brand } from '../brand.ts'
import { BrandLogo } from './BrandLogo.tsx'
import { LanguageSwitch } from './LanguageSwitch.tsx'
import classes from './plain-page.module.css'

type Props = { title: string; lead?: string; children: ReactNode; footer?: ReactNode }

/** A page outside the console's frame: one thing to do, and nothing beside it. */
export function PlainPage({ title, lead, children, footer }: Props) {
  return (
    <div className={classes.page}>
      <title>{`${title} · ${brand.network}`}</title>
      <header className={classes.brand}>
        <BrandLogo size={34} />
        <span>{brand.network}</span>
      </header>
      <main id="main" tabIndex={-1} className={classes.card}>
        <h1>{title}</h1>
        {lead && <p className="muted">{lead}</p>}
        {children}
      </main>
      <footer className={classes.footer}>
        {footer}
        <LanguageSwitch />
      </footer>
    </div>
  )
}
