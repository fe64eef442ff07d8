import type { Problem } from '../api.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import { Notice } from '../ui/Notice.tsx'
import { listed } from '../language.ts'
import { plainTexts as texts } from './plain-texts.ts'

/** A refusal: what is wrong, what would be right, and what support asks for. */
export function ProblemNotice({ problem }: { problem: Problem }) {
  return (
    <Notice tone="bad" title={problem.title}>
      <span>{problem.remedy}</span>
      {problem.roles && <span>{texts.rolesThatDo(listed(problem.roles))}</span>}
      {problem.fields?.map((field) => (
        <span key={field.path}>
          {field.path}: {field.message}
        </span>
      ))}
      <span className="row muted small">
        <code>{problem.code}</code>
        {problem.requestId && (
          <>
            <span>
              {texts.requestId} <code>{problem.requestId}</code>
            </span>
            <CopyButton what={texts.requestId} value={problem.requestId} />
          </>
        )}
      </span>
    </Notice>
  )
}
