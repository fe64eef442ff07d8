import { NativeSelect } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from 'wouter'
import { switchOrganisation } from '../../../contract/accounts.ts'
import { call, type Me } from '../../api.ts'
import { paths } from '../../paths.ts'
import { BrandLogo } from '../BrandLogo.tsx'
import { texts } from '../texts.ts'
import classes from './frame.module.css'

/** Whom the reader works for now; a choice where there are several. Another one begins at its own home page. */
export function Organisation({ me }: { me: Me }) {
  // Not by `useSend`, which asks again for what is on the screen: that is of the organisation before.
  const go = useMutation({
    mutationFn: (partnerId: string) => call(switchOrganisation, { body: { partnerId } }),
    onSuccess: () => window.location.assign(paths.home()),
  })
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
        onChange={(event) => go.mutate(event.currentTarget.value)}
      />
    </div>
  )
}
