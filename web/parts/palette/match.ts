/** `also`: words under which it is found besides those that it shows. */
export type Findable = { label: string; detail?: string; also?: string }

const wordsOf = (text: string) => text.toLowerCase().split(/\s+/).filter(Boolean)

/** Every word has to occur, in any order; what begins with the first word comes before what only holds it. */
export function matching<T extends Findable>(items: readonly T[], search: string): T[] {
  const words = wordsOf(search)
  const [first] = words
  if (first === undefined) return [...items]
  const found = items.filter(({ label, detail = '', also = '' }) => {
    const text = `${label} ${detail} ${also}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
  const begins = ({ label }: T) => wordsOf(label).some((word) => word.startsWith(first))
  return [...found.filter(begins), ...found.filter((item) => !begins(item))]
}
