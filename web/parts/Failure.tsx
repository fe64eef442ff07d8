import { Button } from '@mantine/core'
import { Suspense, use } from 'react'
import { Link } from 'wouter'
import { brand } from '../brand.ts'
import { ApiError } from '../api.ts'
import { once } from '../once.ts'
import { paths } from '../paths.ts'
import { ProblemNotice } from './ProblemNotice.tsx'
import { plainTexts as texts } from './plain-texts.ts'

type Props = { error: unknown; onRetry: () => void }

/** In place of a page that could not be shown. */
export function Failure({ error, onRetry }: Props) {
  if (!(error instanceof ApiError) || error.problem.code !== 'permission.missing')
    return <Failed error={error} onRetry={onRetry} />
  return (
    <Suspense fallback={null}>
      <Refused error={error} onRetry={onRetry} />
    </Suspense>
  )
}

function Failed({ error, onRetry }: Props) {
  const title = error instanceof ApiError && error.status === 404 ? error.problem.title : texts.failed
  return (
    <div className="stack measure">
      <title>{`${title} · ${brand.network}`}</title>
      <h1>{title}</h1>
      {error instanceof ApiError ? <ProblemNotice problem={error.problem} /> : <p>{texts.failedHere}</p>}
      <div className="row">
        <Button onClick={onRetry}>{texts.tryAgain}</Button>
        <Button component={Link} href={paths.home()} variant="default">
          {texts.toHome}
        </Button>
      </div>
    </div>
  )
}

/** Its words about roles would weigh on the log-in page. */
const loadNoPermission = once(() => import('./NoPermissionPage.tsx'))
const loadPermissions = once(() => import('./use-may.ts'))

function Refused({ error, onRetry }: Props & { error: ApiError }) {
  const { NoPermissionPage } = use(loadNoPermission())
  const permission = use(loadPermissions()).asPermission(error.needs)
  return permission ? <NoPermissionPage permission={permission} /> : <Failed error={error} onRetry={onRetry} />
}
