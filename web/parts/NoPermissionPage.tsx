import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { brand } from '../brand.ts'
import { paths } from '../paths.ts'
import { NoPermission } from './NoPermission.tsx'
import { plainTexts } from './plain-texts.ts'
import type { AnyPermission } from './use-may.ts'

/** In place of a page that the reader's roles do not open. */
export function NoPermissionPage({ permission }: { permission: AnyPermission }) {
  return (
    <>
      <title>{`${plainTexts.noPermission} · ${brand.network}`}</title>
      <h1>{plainTexts.noPermission}</h1>
      <NoPermission
        permission={permission}
        action={
          <Button component={Link} href={paths.home()}>
            {plainTexts.toHome}
          </Button>
        }
      />
    </>
  )
}
