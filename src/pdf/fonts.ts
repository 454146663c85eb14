// The fonts of printed documents, from packages that bring TTF files. One that is not installed is passed over: its
// characters then come from a font of the machine, or are boxes and the document is a plain PDF.

import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

interface PrintFont {
  family: string
  package: string
}

const printFonts: readonly PrintFont[] = [
  { family: 'Noto Sans', package: '@expo-google-fonts/noto-sans' },
  { family: 'Vazirmatn', package: '@expo-google-fonts/vazirmatn' },
  { family: 'Noto Sans Hebrew', package: '@expo-google-fonts/noto-sans-hebrew' },
  { family: 'Noto Sans Thai', package: '@expo-google-fonts/noto-sans-thai' },
  { family: 'Noto Sans JP', package: '@expo-google-fonts/noto-sans-jp' },
  { family: 'Noto Sans SC', package: '@expo-google-fonts/noto-sans-sc' },
  { family: 'Noto Sans KR', package: '@expo-google-fonts/noto-sans-kr' },
]

/** What a language looks in first: its own script, and its own form of the ideographs that several share. */
const preferred: Record<string, string[]> = {
  ar: ['Vazirmatn'],
  zh: ['Noto Sans', 'Noto Sans SC'],
  ko: ['Noto Sans', 'Noto Sans KR'],
}

const WEIGHTS = ['400Regular', '600SemiBold']
const require = createRequire(import.meta.url)

const installed = printFonts.flatMap(({ family, package: name }) => {
  const folder = findPackage(name)
  const folders = folder ? WEIGHTS.map((weight) => join(folder, weight)).filter((path) => existsSync(path)) : []
  return folders.length > 0 ? [{ family, folders }] : []
})

/** Every folder that holds a font file of a weight we print. */
export const fontFolders: readonly string[] = installed.flatMap(({ folders }) => folders)

/** Installed families in the order in which a document of this language looks for a character. */
export function fontFamilies(language: string): string[] {
  const families = installed.map(({ family }) => family)
  return [...new Set([...(preferred[language] ?? []), ...families])].filter((family) => families.includes(family))
}

function findPackage(name: string): string | undefined {
  try {
    return dirname(require.resolve(`${name}/package.json`))
  } catch {
    return undefined
  }
}
