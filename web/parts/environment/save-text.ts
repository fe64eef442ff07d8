/** Saves a text that was made in the page as a file. */
export function saveText(fileName: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // At once would be too soon for some browsers.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
