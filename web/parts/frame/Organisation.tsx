import { NativeSelect } from '@mantine/core'
import { Link } from 'wouter'
import { switchOrganisation } from '../../../contract/accounts.ts'
import { type Me, useSend } from '../../api.ts'
import { paths } from '../../paths.ts'
import { BrandLogo } from '../BrandLogo.tsx'
import { texts } from '../texts.ts'
import classes from './frame.module.css'

/** Whom the reader works for now; a choice where there are several. Another one begins at its own home page. */
export function Organisation({ me }: { me: Me }) {
  const go = useSend(switchOrganisation, () => window.location.assign(paths.home()))
  const name = me.partner?.name ?? texts.network
  if (me.organisations.length < 2)
    return (
      <Link href={paths.home()} className={classes.organisation}>
        <BrandLogo />
        <span>{name}</span>
      </Link>
    )
  return (
    <div className={classes.organisation}>
      <Link href={paths.home()} aria-label={texts.home}>
        <BrandLogo />
      </Link>
      <NativeSelect
        aria-label={texts.organisation}
        value={me.partner?.id ?? ''}
        disabled={go.isPending}
        data={me.organisations.map((organisation) => ({ value: organisation.id, label: organisation.name }))}
        onChange={(event) => go.mutate({ body: { partnerId: event.currentTarget.value } })}
      />
    </div>
  )
}
