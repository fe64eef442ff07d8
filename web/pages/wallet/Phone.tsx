import type { ReactNode } from 'react'
import { Icon, type IconName } from '../../ui/Icon.tsx'
import { texts } from './texts.ts'
import classes from './wallet.module.css'

type Props = { title: string; detail?: string | undefined; icon?: IconName; children: ReactNode }

/** The frame of every page of the Test Wallet, and of the Test Merchant: the whole screen on a phone, a phone on a larger one. */
export function Phone({ title, detail, icon = 'wallet', children }: Props) {
  return (
    <div className={classes.page}>
      <title>{title}</title>
      <main id="main" tabIndex={-1} className={classes.phone}>
        <header className={classes.head}>
          <Icon name={icon} size={24} />
          <div className={classes.headText}>
            <h1>{title}</h1>
            {detail && <span className="small break">{detail}</span>}
          </div>
        </header>
        <p className={classes.band}>{texts.testOnly}</p>
        <div className={classes.body}>{children}</div>
      </main>
    </div>
  )
}
