import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { brand } from '../brand.ts'
import classes from './page-head.module.css'
import { texts } from './texts.ts'

export type Crumb = { label: string; href: string }
type Props = { title: string; crumbs?: readonly Crumb[]; actions?: ReactNode; beside?: ReactNode; children?: ReactNode }

/** Title of window and page, the way back up, and what can be done with the page as a whole. */
export function PageHead({ title, crumbs = [], actions, beside, children }: Props) {
  return (
    <div className={classes.head}>
      <title>{`${title} · ${brand.network}`}</title>
      <nav aria-label={texts.breadcrumb} className={classes.crumbs}>
        <ol>
          {crumbs.map(({ label, href }) => (
            <li key={href}>
              <Link href={href}>{label}</Link>
            </li>
          ))}
          <li aria-current="page">{title}</li>
        </ol>
      </nav>
      <div className="spread">
        <div className="row">
          <h1 className="break">{title}</h1>
          {beside}
        </div>
        {actions && <div className="row">{actions}</div>}
      </div>
      {children && <div className={classes.lead}>{children}</div>}
    </div>
  )
}
