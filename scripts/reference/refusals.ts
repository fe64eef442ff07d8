import { REFUSALS, refusalCodes } from '../../rules/refusals.ts'
import { page, table } from './text.ts'

export function refusalsPage(): string {
  const areas = [...new Set(refusalCodes.map(areaOf))]
  return page(
    'Refusals of the console API',
    'A refused call of the console API has an HTTP status of 400 or more and a JSON body: `code`, `title`, `remedy` and `requestId`. A code never changes its meaning. Where single values are wrong, `fields` names each by its path.',
    '```json\n{\n  "code": "request.invalid",\n  "title": "Some values are not right.",\n  "remedy": "Correct the values that are named, and send again.",\n  "requestId": "…",\n  "fields": [{ "path": "name", "message": "between 3 and 64 characters" }]\n}\n```',
    'Tell support the `requestId`: it finds the call in the log.',
    ...areas.flatMap((area) => [
      `## ${area}`,
      table(
        ['Code', 'HTTP', 'What it says', 'What to do'],
        refusalCodes
          .filter((code) => areaOf(code) === area)
          .map((code) => [`\`${code}\``, String(REFUSALS[code][0]), REFUSALS[code][1], REFUSALS[code][2]]),
      ),
    ]),
  )
}

export const areaOf = (code: string) => code.slice(0, code.indexOf('.'))
