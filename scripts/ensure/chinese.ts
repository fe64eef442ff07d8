import { spawnSync } from 'node:child_process'
import { canInstall, findCommand, installPackages } from './install.ts'

/** Makes sure that a font with Chinese characters is there: without one every picture of a Chinese page is empty boxes. */
export function ensureChineseFont(): void {
  if (hasFont()) return
  if (canInstall()) installPackages(['fonts-wqy-zenhei', 'fontconfig'], 'for pictures of the Chinese pages')
  if (hasFont()) return
  throw new Error('Pictures of the Chinese pages need a font. Install one (Debian: apt-get install fonts-wqy-zenhei).')
}

function hasFont(): boolean {
  if (findCommand('fc-list') === undefined) return false
  return spawnSync('fc-list', [':lang=zh-cn', 'family'], { encoding: 'utf8' }).stdout.trim() !== ''
}
