/** The report as a file to save: JSON, or JUnit XML for a build server. */
import type { Ctx } from '../context.ts'
import { junitOf } from './junit.ts'
import { fileName, reportOf } from './report.ts'

export async function reportFile(ctx: Ctx, applicationId: string, format: 'json' | 'junit') {
  const report = await reportOf(ctx, applicationId)
  if (format === 'junit') {
    return { name: fileName(report, 'junit.xml'), type: 'application/xml; charset=utf-8', content: junitOf(report) }
  }
  const content = `${JSON.stringify(report, undefined, 2)}\n`
  return { name: fileName(report, 'report.json'), type: 'application/json; charset=utf-8', content }
}
