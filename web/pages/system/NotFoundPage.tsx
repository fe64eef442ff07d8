import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { PlainPage } from '../../parts/PlainPage.tsx'
import { docs, paths } from '../../paths.ts'
import type { Loader } from '../../page.ts'
import { texts } from './texts.ts'

export const loader: Loader = () => []

export function Page() {
  return (
    <PlainPage title={texts.notFound} lead={texts.why}>
      <div className="row">
        <Button component={Link} href={paths.home()}>
          {texts.home}
        </Button>
        <Button component="a" href={docs.home} variant="default">
          {texts.docs}
        </Button>
      </div>
    </PlainPage>
  )
}
