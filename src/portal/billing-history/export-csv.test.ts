import { expect, test } from 'vitest'
import { asText, csvLine } from './export-csv.ts'

test.each([
  [['a', 'b'], 'a,b\r\n'],
  [['Pro, yearly', 'say "yes"', 'two\nlines'], '"Pro, yearly","say ""yes""","two\nlines"\r\n'],
])('%j', (cells, line) => {
  expect(csvLine(cells)).toBe(line)
})

test.each([
  ['=HYPERLINK("http://a.example")', `'=HYPERLINK("http://a.example")`],
  ['\u2068@SUM(A1)\u2069', `'@SUM(A1)`],
  ['Studio Pro', 'Studio Pro'],
  ['1 − 2', '1 − 2'],
])('%s is text to a spreadsheet', (text, cell) => {
  expect(asText(text)).toBe(cell)
})
