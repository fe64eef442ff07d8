import classes from './contents.module.css'
import { words } from './words.ts'

/** The parts of a long page, to jump to. Each `id` is the one of its panel. */
export function Contents({ parts }: { parts: readonly { id: string; title: string }[] }) {
  return (
    <nav aria-label={words.onThisPage}>
      <ul className={classes.contents}>
        {parts.map(({ id, title }) => (
          <li key={id}>
            <a href={`#${id}`}>{title}</a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
