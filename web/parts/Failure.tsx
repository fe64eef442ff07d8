import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { brand } from '../brand.ts'
import { ApiError, type Problem } from '../api.ts'
import { paths } from '../paths.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ProblemNotice } from './ProblemNotice.tsx'
import { listed } from '../language.ts'
import { plainTexts as texts } from './plain-texts.ts'

/** In place of a page that could not be shown. */
export function Failure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (error instanceof ApiError && error.problem.code === 'permission.missing')
    return <NoPermission {...error.problem} />
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

function NoPermission({ roles = [] }: Problem) {
  return (
    <>
      <title>{`${texts.noPermission} · ${brand.network}`}</title>
      <h1>{texts.noPermission}</h1>
      <EmptyState
        kind="no-permission"
        title={texts.rolesThatDo(listed(roles))}
        action={
          <Button component={Link} href={paths.home()}>
            {texts.toHome}
          </Button>
        }
      />
    </>
  )
}
