import type { ReactNode } from 'react'
import { isOptionalApi, type PartnerApi } from '../../../rules/products.ts'
import { texts } from './texts.ts'
import classes from './url-forms.module.css'

type Props<U> = { urls: readonly U[]; children: (url: U) => ReactNode }

/** What must be set first; what may stay unset below it, out of the way until somebody wants it. */
export function UrlForms<U extends { api: PartnerApi; url: string | null }>({ urls, children }: Props<U>) {
  const optional = urls.filter(({ api }) => isOptionalApi(api))
  return (
    <>
      {urls.filter(({ api }) => !isOptionalApi(api)).map(children)}
      {optional.length > 0 && (
        <details className={classes.optional} open={optional.some(({ url }) => url !== null)}>
          <summary>{texts.optionalUrls(optional.length)}</summary>
          <div className="stack">{optional.map(children)}</div>
        </details>
      )}
    </>
  )
}
